"""Takes in a published form: a plain POST of a browser, answered with a page of the site."""

import datetime
import re
from collections import Counter
from typing import Final
from urllib.parse import quote

import structlog
from django.conf import settings
from psycopg import DataError

from accounts.addresses import edge_address
from builder.serving import passwords
from builder.serving.addresses import host_of, label_of
from journeys.ingest.answers import RETRY_SECONDS, Answer, Refusal
from journeys.ingest.forms import pages
from journeys.ingest.forms.sites import Form, FormSite, find_site, label_of_host
from journeys.ingest.forms.submission import (
    MAX_BODY_BYTES,
    Problem,
    Sender,
    is_trapped,
    message_of,
    page_path,
    problems,
    read_fields,
)
from journeys.ingest.limits import Limits
from journeys.ingest.requests import Receive, Request, read_body
from journeys.ingest.segment import MAX_USER_AGENT
from journeys.ingest.storing import Delivery
from journeys.ingest.writer import AWAY, Writer
from journeys.workflows.nudge import nudge

log = structlog.get_logger(__name__)

PATH: Final = re.compile(r"(?:/s/(?P<label>[a-z0-9-]+))?/_hh/forms/(?P<component>[A-Za-z0-9_-]+)/?")
_FORM_TYPE: Final = "application/x-www-form-urlencoded"


class FormEndpoint:
    def __init__(self, *, writer: Writer, limits: Limits) -> None:
        self._writer, self._limits = writer, limits

    async def answer(self, request: Request, receive: Receive) -> Answer:
        """Take the submission in and send the visitor back to the page, or say what is wrong.

        A browser is sent back with 303 to `<page>#<component>-sent`. Raises HungUp only.
        """
        language = pages.preferred_language(request.headers.get("accept-language", ""))
        try:
            if request.method != "POST":
                return pages.failure_page(status=405, language=language)
            return await self._take(request, receive, language=language)
        except Refusal as refusal:
            return pages.failure_page(
                status=refusal.status, language=language, retry_after=refusal.retry_after
            )
        except AWAY:
            return pages.failure_page(status=503, language=language, retry_after=RETRY_SECONDS)

    async def _take(self, request: Request, receive: Receive, *, language: str) -> Answer:
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != _FORM_TYPE:
            return pages.failure_page(status=415, language=language)
        site, prefix, component_id = await _site(request)
        if site is None:
            return pages.failure_page(status=404, language=language)
        if not site.is_live or not site.forms:
            gone = site.was_live and not site.is_live
            return pages.failure_page(
                status=410 if gone else 404, language=site.language, site_name=site.name
            )
        cookie = request.headers.get("cookie", "")
        if not await passwords.lets_in(project_id=site.project_id, cookie=cookie):
            # Of a site behind a password nothing is told, its name and its language neither.
            return pages.failure_page(status=404, language=language)
        body = await read_body(request, receive, limit=MAX_BODY_BYTES)
        try:
            fields = read_fields(body)
        except ValueError:
            return pages.failure_page(status=400, language=site.language, site_name=site.name)
        form = site.form_on(page_path(fields))
        page = prefix + quote(page_path(fields) or form.path)
        visit = _Visit(site, form, fields, prefix=prefix, back=f"{page}#{component_id}")
        return await self._store(request, visit)

    async def _store(self, request: Request, visit: "_Visit") -> Answer:
        site = visit.site
        address = edge_address(request.scope, request.headers.get("x-forwarded-for", ""))
        wait = await self._limits.take(
            who=f"form:{site.project_id}:{address}", amount=1, limit=settings.FORMS_PER_MINUTE
        )
        if wait:
            return visit.failure(429, retry_after=wait)
        if is_trapped(visit.fields):
            await self._count(visit, outcome="dropped", reason="honeypot")
            return visit.sent()
        found = problems(visit.form, visit.fields)
        if found:
            await self._count(visit, outcome="rejected", reason="invalid_form")
            return visit.mend(found)
        message = message_of(
            visit.form,
            visit.fields,
            sender=Sender(
                received_at=datetime.datetime.now(datetime.UTC),
                ip_address=address,
                user_agent=request.headers.get("user-agent", "")[:MAX_USER_AGENT],
                referrer=request.headers.get("referer", ""),
            ),
            project_id=site.project_id,
            language=site.language,
        )
        delivery = Delivery(key_id=None, messages=[message])
        try:
            await self._writer.write(workspace_id=site.workspace_id, delivery=delivery)
        except AWAY:
            return visit.failure(503, retry_after=RETRY_SECONDS)
        except DataError as error:
            log.warning("ingest.unstorable", error=type(error).__name__)
            return visit.failure(400)
        nudge()
        return visit.rewarded() if visit.form.reward else visit.sent()

    async def _count(self, visit: "_Visit", *, outcome: str, reason: str) -> None:
        delivery = Delivery(key_id=None, messages=[], tally=Counter({(None, outcome, reason): 1}))
        await self._writer.write(workspace_id=visit.site.workspace_id, delivery=delivery)


class _Visit:
    """One submission, and the pages that answer it.

    `prefix` stands before the site's paths, `back` is the form's address.
    """

    def __init__(
        self, site: FormSite, form: Form, fields: dict[str, str], *, prefix: str, back: str
    ) -> None:
        self.site, self.form, self.fields = site, form, fields
        self._prefix, self._back = prefix, back

    def rewarded(self) -> Answer:
        """Give what the form promised; wants a form with a reward."""
        reward = self.form.reward
        if reward is None:
            return self.sent()
        of_site = reward.href.startswith("/")
        return pages.reward_page(
            site_name=self.site.name,
            language=self.site.language,
            reward=reward,
            href=self._prefix + reward.href if of_site else reward.href,
            back=self._back,
        )

    def sent(self) -> Answer:
        """Send the browser to the page's thanks, which `:target` shows."""
        location = f"{self._back}-sent".encode("latin-1")
        return Answer(status=303, content_type=b"", headers=[(b"location", location)])

    def mend(self, found: list[Problem]) -> Answer:
        return pages.problem_page(
            site_name=self.site.name,
            language=self.site.language,
            problems=found,
            back=self._back,
        )

    def failure(self, status: int, *, retry_after: int = 0) -> Answer:
        return pages.failure_page(
            status=status,
            language=self.site.language,
            site_name=self.site.name,
            back=self._back,
            retry_after=retry_after,
        )


async def _site(request: Request) -> tuple[FormSite | None, str, str]:
    """The site posted to, what stands before its paths, and the component."""
    match = PATH.fullmatch(request.path)
    if match is None:
        return None, "", ""
    component_id, label = match["component"], match["label"]
    prefix = f"/s/{label}" if label else ""
    if label is None:
        host = host_of(request.headers.get("host", ""))
        label = label_of(host=host, domain=settings.SITES_DOMAIN) or await label_of_host(host)
        if not label:
            return None, "", ""
    return await find_site(label=label, component_id=component_id), quote(prefix), component_id
