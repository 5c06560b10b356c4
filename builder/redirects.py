"""Paths of a site that lead elsewhere: checked, written, imported, made when pages move."""

import csv
import io
import re
import unicodedata
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder import hosts
from builder.documents import RESERVED
from builder.models import Project, Release, SiteRedirect

log = structlog.get_logger(__name__)

MOST_OF_PROJECT: Final = 1_000
MOST_OF_IMPORT: Final = 1_000
_STEP = re.compile(r"[^\s\\?#]+")
_COLUMNS: Final = {"from", "to"}
# What a row of a table says of the redirect at its path.
_LOADED: Final = ("to", "status", "replaces_page")
_YES: Final = frozenset({"1", "true", "yes"})


class RedirectError(Exception):
    """A redirect cannot be had; `faults` say why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].detail)
        self.faults = tuple(faults)


@dataclass
class Rules:
    """A project's redirects and pages as they stand, to check new ones against."""

    project: Project
    pages: frozenset[str]
    own_hosts: frozenset[str]
    by_path: dict[str, SiteRedirect] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> Self:
        labels = project.addresses.values_list("label", flat=True)
        own = {f"{label}.{settings.SITES_DOMAIN}" for label in labels}
        verified = project.domains.filter(verified_at__isnull=False)
        mine = SiteRedirect.objects.filter(workspace_id=project.workspace_id, project=project)
        return cls(
            project=project,
            pages=_pages(project),
            own_hosts=frozenset(own | set(verified.values_list("host", flat=True))),
            by_path={each.from_path: each for each in mine},
        )

    def check(self, redirect: SiteRedirect) -> None:
        """Bring a redirect's addresses into their one spelling. Raises `RedirectError`."""
        faults = []
        for name, read in (("from_path", self._from), ("to", self._to)):
            try:
                setattr(redirect, name, read(getattr(redirect, name)))
            except RedirectError as error:
                faults += [fault.under(f"/{name}") for fault in error.faults]
        if redirect.status not in SiteRedirect.Status:
            text = _("A status is 301, 302, 307 or 308.")
            faults.append(Fault("/status", "invalid_choice", text))
        faults = faults or [*self._conflicts(redirect)]
        if faults:
            raise RedirectError(faults)

    def _from(self, text: str) -> str:
        path = normalise_path(text)
        if path.split("/")[1] in RESERVED:
            raise _fault("reserved_path", _("The platform itself answers there."))
        return path

    def _to(self, text: str) -> str:
        return normalise_target(text, own_hosts=self.own_hosts)

    def _conflicts(self, redirect: SiteRedirect) -> Iterator[Fault]:
        known = self.by_path.get(redirect.from_path)
        if known is not None and known.pk != redirect.pk:
            text = _("Another redirect of the site begins at this path.")
            yield Fault("/from_path", "duplicate_path", text)
        elif known is None and len(self.by_path) >= MOST_OF_PROJECT:
            text = _("A site has at most %(count)d redirects.") % {"count": MOST_OF_PROJECT}
            yield Fault("/from_path", "too_many_redirects", text)
        if redirect.from_path in self.pages and not redirect.replaces_page:
            text = _("The site has a page at this path; say so if the redirect replaces it.")
            yield Fault("/from_path", "page_exists", text)
        if self._leads_back(redirect):
            yield Fault("/to", "loop", _("The redirect would lead back to where it begins."))

    def _leads_back(self, redirect: SiteRedirect) -> bool:
        seen, path = set[str](), _step(redirect.to)
        while path and path not in seen:
            if path == redirect.from_path:
                return True
            seen.add(path)
            following = self.by_path.get(path)
            path = _step(following.to) if following and following.pk != redirect.pk else ""
        return False


@dataclass(frozen=True)
class Outcome:
    """What became of one row of an import; `line` counts from 1, the header's line of a CSV."""

    line: int
    status: str
    id: uuid.UUID | None = None
    faults: tuple[Fault, ...] = ()


def save(*, redirect: SiteRedirect, rules: Rules | None = None) -> SiteRedirect:
    """Check a redirect and write it. Raises `RedirectError`.

    Who writes many passes the `rules` that the first were checked with; they are kept up to date.
    """
    with transaction.atomic():
        _hold(redirect.project)
        rules = rules or Rules.of(redirect.project)
        before = next((path for path, each in rules.by_path.items() if each.pk == redirect.pk), "")
        rules.check(redirect)
        redirect.save()
    rules.by_path.pop(before, None)
    rules.by_path[redirect.from_path] = redirect
    return redirect


def load_csv(*, project: Project, text: str) -> list[Outcome]:
    """Write the redirects of a CSV with the columns `from`, `to` and, if need be, `status` and
    `replaces_page`; those that are there already are changed. What became of each row is told.

    Raises `RedirectError` for a text that is no such table.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = {name.strip() for name in reader.fieldnames or ()}
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise _fault("invalid_csv", _("This is no CSV: %(why)s.") % {"why": error}) from error
    if not header >= _COLUMNS:
        raise _fault("no_columns", _("The first line names the columns, “from” and “to” at least."))
    if len(rows) > MOST_OF_IMPORT:
        text = _("An import has at most %(count)d rows.") % {"count": MOST_OF_IMPORT}
        raise _fault("too_many_rows", text)
    with transaction.atomic():
        _hold(project)
        rules = Rules.of(project)
        return [_load(line, row, rules) for line, row in rows]


def follow_pages(*, project: Project, before: Release | None, after: Release) -> int:
    """When another release goes live: let the paths that pages have left lead to where they are.

    A page is known by its key and language. A redirect that begins where a page is now goes,
    where it was made by such a move. Returns how many redirects were made.
    """
    moved = {
        old: new
        for language, there in _keys(before).items()
        for key, old in there.items()
        if (new := _keys(after).get(language, {}).get(key)) and new != old
    }
    now = {path for there in _keys(after).values() for path in there.values()}
    mine = SiteRedirect.objects.filter(workspace_id=project.workspace_id, project=project)
    made_by_moves = mine.filter(origin=SiteRedirect.Origin.MOVE)
    made_by_moves.filter(from_path__in=now).delete()
    moved = {old: new for old, new in moved.items() if old not in now}
    # Who came by an earlier path goes straight on.
    for redirect in made_by_moves.filter(to__in=moved):
        redirect.to = moved[redirect.to]
        redirect.save(update_fields=["to", "updated_at"])
    taken = set(mine.filter(from_path__in=moved).values_list("from_path", flat=True))
    room = max(0, MOST_OF_PROJECT - mine.count())
    made = [
        SiteRedirect(
            workspace_id=project.workspace_id,
            project=project,
            from_path=old,
            to=to,
            origin=SiteRedirect.Origin.MOVE,
        )
        for old, to in moved.items()
        if old not in taken
    ][:room]
    SiteRedirect.objects.bulk_create(made)
    if made:
        log.info("site_redirect.pages_moved", project_id=str(project.pk), count=len(made))
    return len(made)


def normalise_path(text: str) -> str:
    """A path of a site as the edge compares it: decoded, in one form of Unicode, no last slash.

    Raises `RedirectError`.
    """
    path = unicodedata.normalize("NFC", unquote(text.strip()))
    steps = path.split("/")
    if not path.startswith("/") or path.startswith("//") or len(path) > 500:
        raise _fault("invalid_path", _("A path begins with one slash, such as /old-menu."))
    if "?" in path or "#" in path:
        raise _fault("invalid_path", _("A path has no “?” and no “#”."))
    if not path.isprintable() or any(each and not _STEP.fullmatch(each) for each in steps):
        raise _fault("invalid_path", _("A path has no spaces and no backslashes."))
    if "." in steps or ".." in steps:
        raise _fault("invalid_path", _("A path has no steps “.” or “..”."))
    return path.rstrip("/") or "/"


def normalise_target(text: str, *, own_hosts: frozenset[str]) -> str:
    """Where a redirect leads: a path of the site with query and fragment, or a whole http address.

    An address at one of `own_hosts` becomes its path. Raises `RedirectError`.
    """
    target = text.strip()
    if len(target) > 2048 or not target.isprintable() or re.search(r"[\s\\]", target):
        raise _fault("invalid_target", _("An address has no spaces and no backslashes."))
    if target.startswith("/") and not target.startswith("//"):
        return target
    try:
        parts = urlsplit(target)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _fault("invalid_target", _("This is no address.")) from error
    if parts.scheme not in ("http", "https") or not host:
        text = _("Use a path such as /menu, or an address with https:// or http://.")
        raise _fault("invalid_target", text)
    if parts.username is not None or parts.password is not None:
        raise _fault("invalid_target", _("An address of a redirect names no user."))
    host = host if host in own_hosts else _host(host)
    if host in own_hosts:
        rest = parts._replace(scheme="", netloc="").geturl()
        return rest if rest.startswith("/") and not rest.startswith("//") else "/"
    return parts._replace(netloc=f"{host}:{port}" if port else host).geturl()


def _host(host: str) -> str:
    try:
        return hosts.normalise(host)
    except hosts.HostError as error:
        # A redirect may lead to another site of the platform.
        if error.faults[0].code == "reserved_host":
            return host.lower().rstrip(".")
        raise _fault("invalid_target", str(error)) from error


def _load(line: int, row: Mapping[str | None, Any], rules: Rules) -> Outcome:
    try:
        redirect = _read(row, rules.project)
        known = rules.by_path.get(redirect.from_path)
        if known is not None:
            redirect.pk, redirect.created_at = known.pk, known.created_at
            redirect._state.adding = False
        rules.check(redirect)
    except RedirectError as error:
        return Outcome(line, "error", faults=error.faults)
    if known is not None and all(getattr(known, at) == getattr(redirect, at) for at in _LOADED):
        return Outcome(line, "unchanged", known.pk)
    redirect.save()
    rules.by_path[redirect.from_path] = redirect
    return Outcome(line, "created" if known is None else "changed", redirect.pk)


def _read(row: Mapping[str | None, Any], project: Project) -> SiteRedirect:
    """One row of a table. Raises `RedirectError` for one without a path."""
    values = {(name or "").strip(): str(value or "").strip() for name, value in row.items()}
    status = values.get("status") or str(SiteRedirect.Status.PERMANENT.value)
    try:
        from_path = normalise_path(values.get("from", ""))
    except RedirectError as error:
        raise RedirectError([fault.under("/from") for fault in error.faults]) from error
    return SiteRedirect(
        workspace_id=project.workspace_id,
        project=project,
        from_path=from_path,
        to=values.get("to", ""),
        status=int(status) if status.isdecimal() and len(status) == 3 else 0,
        replaces_page=values.get("replaces_page", "").lower() in _YES,
        origin=SiteRedirect.Origin.IMPORT,
    )


def _pages(project: Project) -> frozenset[str]:
    """The paths of the project's pages, as they are live and as they will be."""
    sitemap = project.current_sitemap
    drafted = sitemap.pages.values() if sitemap and isinstance(sitemap.pages, dict) else ()
    paths = {page.get("path") for page in drafted if isinstance(page, dict)}
    live = {path for there in _keys(project.live_release).values() for path in there.values()}
    return frozenset(path for path in paths | live if isinstance(path, str))


def _keys(release: Release | None) -> dict[str, dict[str, str]]:
    """A release's pages: path by key, by language."""
    found = release.locales if release is not None else {}
    return {language: each.get("keys", {}) for language, each in found.items()}


def _step(target: str) -> str:
    """The path within the site that a redirect leads to; "" for what leads elsewhere."""
    if not target.startswith("/"):
        return ""
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    return unicodedata.normalize("NFC", path).rstrip("/") or "/"


def _fault(code: str, detail: str) -> RedirectError:
    return RedirectError([Fault("", code, detail)])


def _hold(project: Project) -> None:
    held = Project.objects.select_for_update(of=("self",), no_key=True)
    held.only("pk").get(pk=project.pk)
