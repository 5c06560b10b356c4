"""Sites behind a password: who is let in, and the page that asks."""

import asyncio
import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qs, quote

import structlog
from django.contrib.auth.hashers import check_password
from django.core import signing
from django.template import Context
from django.utils import translation

from accounts.addresses import edge_address
from accounts.tenancy.edge import edge_connection
from builder.rendering.engine import page_engine
from builder.serving import answers, cookies
from builder.serving.addresses import Address
from builder.serving.answers import Headers, Send
from builder.serving.attempts import Attempts
from builder.serving.catalogue import Site

log = structlog.get_logger(__name__)

# Below the site's mount: where its password is sent to.
PATH: Final = "/_hh/password"
LIFETIME_SECONDS: Final = 7 * 86_400
MAX_BODY_BYTES: Final = 4_096
MAX_PASSWORD: Final = 200
_STORED: Final = "select * from builder_site_password(%s)"
_SALT: Final = "builder.site_password"


def admits(site: Site, kept: Mapping[str, str]) -> bool:
    """Whether a visitor with these cookies has given the site's present password."""
    return site.project_id is not None and _holds(kept, site.project_id, site.password)


async def lets_in(*, project_id: uuid.UUID, cookie: str) -> bool:
    """Whether a site is open, or open to whoever sends this Cookie header; for other doors."""
    async with edge_connection() as connection:
        rows = await connection.execute(_STORED, (project_id,))
        row = await rows.fetchone()
    kept = cookies.read({b"cookie": cookie.encode("latin-1", "replace")})
    return row is None or _holds(kept, project_id, row["version"])


def _holds(kept: Mapping[str, str], project_id: uuid.UUID, version: str) -> bool:
    ticket = kept.get(_cookie(project_id), "")
    if not ticket:
        return False
    try:
        claim = signing.TimestampSigner(salt=_SALT).unsign(ticket, max_age=LIFETIME_SECONDS)
    except signing.BadSignature:
        return False
    return claim == _claim(project_id, version)


class Gate:
    """Takes passwords in and asks for them."""

    def __init__(self) -> None:
        self._attempts = Attempts()
        # Each check takes 100 MB and a core's tenth of a second (Argon2): one at a time.
        self._checking = asyncio.Semaphore(1)

    async def ask(
        self, address: Address, site: Site, send: Send, *, page: bool, head: bool
    ) -> None:
        """401: to a person the page with the form, to a program (or a picture's place) a line."""
        wanted = address.path if address.path.startswith("/") else "/"
        body = _page(site.language, address.mount, wanted) if page else b"A password is wanted.\n"
        headers = _headers(page=page, mount=address.mount)
        await answers.answer(send, 401, headers, body, head=head)

    async def take(
        self,
        address: Address,
        site: Site,
        send: Send,
        *,
        scope: Mapping[str, Any],
        headers: Mapping[bytes, bytes],
        receive: Any,
    ) -> None:
        """Answer a password that was sent: 303 to the wanted page with a cookie, or the form again.

        Raises `psycopg.OperationalError` and `redis.RedisError` with the services away.
        """
        fields = parse_qs((await _body(receive)).decode("utf-8", "replace"), max_num_fields=8)
        wanted = _within(fields.get("next", ["/"])[0])
        project_id = site.project_id
        if not site.password or project_id is None:
            await _let_in(send, address, wanted)
            return
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1")
        wait = await self._attempts.take(
            project_id=project_id, address=edge_address(scope, forwarded)
        )
        if wait:
            await _refuse(send, address, site, wanted, status=429, problem="wait", wait=wait)
            return
        given = fields.get("password", [""])[0][:MAX_PASSWORD]
        version = await self._version_opened_by(given, project_id)
        if not version:
            log.info("site_password.refused", project_id=str(project_id))
            await _refuse(send, address, site, wanted, status=401, problem="wrong")
            return
        ticket = signing.TimestampSigner(salt=_SALT).sign(_claim(project_id, version))
        cookie = cookies.header(
            _cookie(project_id), ticket, address=address, seconds=LIFETIME_SECONDS, http_only=True
        )
        await _let_in(send, address, wanted, cookie)

    async def _version_opened_by(self, given: str, project_id: uuid.UUID) -> str:
        """The version of the site's password when this is it; "" when it is not."""
        async with edge_connection() as connection:
            rows = await connection.execute(
                "select * from builder_site_password(%s)", (project_id,)
            )
            row = await rows.fetchone()
        if row is None:
            return ""
        async with self._checking:
            right = await asyncio.to_thread(check_password, given, row["password"])
        return str(row["version"]) if right else ""

    async def close(self) -> None:
        await self._attempts.close()


async def _body(receive: Any) -> bytes:
    """The request's body, as much of it as a form can be."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body") or len(body) > MAX_BODY_BYTES:
            return bytes(body[:MAX_BODY_BYTES])


async def _let_in(send: Send, address: Address, wanted: str, *more: tuple[bytes, bytes]) -> None:
    location = quote(address.mount + wanted.lstrip("/"), safe="/").encode()
    headers = [(b"location", location), (b"cache-control", answers.PRIVATE), *more, *answers.PLAIN]
    await answers.answer(send, 303, headers, b"", head=False)


async def _refuse(
    send: Send,
    address: Address,
    site: Site,
    wanted: str,
    *,
    status: int,
    problem: str,
    wait: int = 0,
) -> None:
    body = _page(site.language, address.mount, wanted, problem=problem)
    headers = _headers(page=True, mount=address.mount)
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    await answers.answer(send, status, headers, body, head=False)


def _headers(*, page: bool, mount: str) -> Headers:
    """RFC 9110 (15.5.2) wants a challenge with a 401. Browsers show the page of one whose scheme
    they do not know, where `Basic` would open their own dialog.
    """
    challenge = f'Cookie form-action="{mount}{PATH.removeprefix("/")}"'
    kind = b"text/html; charset=utf-8" if page else b"text/plain; charset=utf-8"
    return [
        (b"content-type", kind),
        (b"cache-control", answers.PRIVATE),
        (b"vary", b"cookie, accept"),
        (b"x-robots-tag", b"noindex"),
        (b"www-authenticate", challenge.encode()),
        *answers.STYLED,
    ]


def _page(language: str, mount: str, wanted: str, *, problem: str = "") -> bytes:
    filled = _template(language, problem)
    action = _escaped(quote(mount + PATH.removeprefix("/"), safe="/"))
    return filled.replace("%action%", action).replace("%next%", _escaped(wanted)).encode()


@cache
def _template(language: str, problem: str) -> str:
    direction = "rtl" if language == "ar" else "ltr"
    context = {"language": language, "direction": direction, "problem": problem}
    with translation.override(language):
        return page_engine().get_template("password.html").render(Context(context))


def _escaped(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text


def _within(path: str) -> str:
    """A path of the site to go on to; whatever could lead elsewhere is the home page."""
    plain = path.isprintable() and "\\" not in path and not path.startswith("//")
    return path if path.startswith("/") and plain else "/"


def _cookie(project_id: uuid.UUID) -> str:
    # Sites that are found by path share a host.
    return f"hh_in_{project_id.hex[:12]}"


def _claim(project_id: uuid.UUID, version: str) -> str:
    return f"{project_id.hex}.{version}"
