"""Hosts of the customers' own: claimed, verified, looked after."""

import datetime
import uuid
from typing import Final

import structlog
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts import tenancy
from accounts.faults import Fault
from builder import dns_records, hosts
from builder.dns_records import Finding
from builder.models import Project, SiteDomain

log = structlog.get_logger(__name__)

MOST_OF_PROJECT: Final = 20
# A verified host whose record is gone stays for so long: records are moved, and put back.
GRACE: Final = datetime.timedelta(days=3)
_DAILY: Final = datetime.timedelta(days=1)
_EAGER: Final = datetime.timedelta(minutes=10)
# So long after it was claimed a host is looked up eagerly, and then daily.
_EAGER_FOR: Final = datetime.timedelta(days=2)
_GIVEN_UP_AFTER: Final = datetime.timedelta(days=30)


class DomainError(Exception):
    """A domain cannot be claimed or changed; `faults` say why."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = (Fault(pointer, code, detail),)


def claim(
    *, project: Project, host: str, is_primary: bool = False, redirects: bool = True
) -> SiteDomain:
    """Note that a project wants a host; it is served there once it is verified.

    Raises `hosts.HostError`, `DomainError`.
    """
    with transaction.atomic():
        _hold(project)
        normalised = check_claim(project=project, host=host)
        mine = SiteDomain.objects.filter(workspace_id=project.workspace_id)
        if is_primary:
            mine.filter(project=project).update(is_primary=False)
        domain = SiteDomain.objects.create(
            workspace_id=project.workspace_id,
            project=project,
            host=normalised,
            is_primary=is_primary,
            redirects=redirects,
        )
    log.info("site_domain.claimed", project_id=str(project.pk), domain_id=str(domain.pk))
    return domain


def check_claim(*, project: Project, host: str) -> str:
    """The host in its one spelling, where a project may claim it.

    Raises `hosts.HostError`, `DomainError`.
    """
    normalised = hosts.normalise(host)
    mine = SiteDomain.objects.filter(workspace_id=project.workspace_id)
    if mine.filter(host=normalised).exists():
        text = _("The workspace has this domain already.")
        raise DomainError("/host", "duplicate_host", text)
    if mine.filter(project=project).count() >= MOST_OF_PROJECT:
        text = _("A site has at most %(count)d domains.") % {"count": MOST_OF_PROJECT}
        raise DomainError("/host", "too_many_domains", text)
    return normalised


def change(*, domain: SiteDomain, is_primary: bool, redirects: bool) -> SiteDomain:
    """Say whether a domain is its site's primary one, and whether it redirects when it is not."""
    with transaction.atomic():
        _hold(domain.project)
        if is_primary:
            others = SiteDomain.objects.filter(
                workspace_id=domain.workspace_id, project_id=domain.project_id
            )
            others.exclude(pk=domain.pk).update(is_primary=False)
        domain.is_primary, domain.redirects = is_primary, redirects
        domain.save(update_fields=["is_primary", "redirects", "updated_at"])
    return domain


def verify(*, domain: SiteDomain, now: datetime.datetime) -> SiteDomain:
    """Look a domain's records up, and write down what that says of it.

    Of two who prove the same host the one that had it keeps it; one whose proof is gone loses it
    to who proves it now. As the owner of the tables: only the platform says that a host is
    verified, and the other may be of another workspace.
    """
    finding = dns_records.look_up(domain)
    holder = _holder(domain) if finding.method else None
    theirs = dns_records.look_up(holder) if holder else None
    if theirs is not None and (theirs.method or not theirs.is_certain):
        finding = Finding(failure=SiteDomain.Failure.TAKEN)
    with tenancy.owner(reason="verify_domain"), transaction.atomic():
        # In the order of their keys, so that two who ask at once wait for one another.
        wanted = [domain.pk, *([holder.pk] if holder else [])]
        rows = SiteDomain.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        locked = {row.pk: row for row in rows}
        if holder is not None and finding.method and holder.pk in locked:
            _note(locked[holder.pk], theirs or Finding(), now=now, lost=True)
        mine = locked.get(domain.pk)
        if mine is not None:
            _note(mine, finding, now=now)
    domain.refresh_from_db()
    return domain


def check_due(*, now: datetime.datetime, most: int = 50) -> int:
    """Look up the domains whose turn it is, the longest unasked first; returns how many."""
    due = models.Q(last_checked_at__isnull=True) | models.Q(last_checked_at__lt=now - _DAILY)
    eager = models.Q(
        verified_at__isnull=True,
        created_at__gt=now - _EAGER_FOR,
        last_checked_at__lt=now - _EAGER,
    )
    alive = models.Q(verified_at__isnull=False) | models.Q(created_at__gt=now - _GIVEN_UP_AFTER)
    found = SiteDomain.objects.filter(due | eager).filter(alive).select_related("project")
    asked = 0
    for domain in found.order_by(models.F("last_checked_at").asc(nulls_first=True))[:most]:
        verify(domain=domain, now=now)
        asked += 1
    return asked


def _holder(domain: SiteDomain) -> SiteDomain | None:
    """Whoever else has the host, wherever they are."""
    with tenancy.owner(reason="find_domains_holder"):
        held = SiteDomain.objects.filter(host=domain.host, verified_at__isnull=False)
        others = held.exclude(pk=domain.pk).select_related("project")
        return others.prefetch_related("project__addresses").first()


def _note(
    domain: SiteDomain, finding: Finding, *, now: datetime.datetime, lost: bool = False
) -> None:
    before = domain.verified_at
    domain.last_checked_at = now
    domain.failure, domain.failure_detail = finding.failure, finding.detail
    if finding.method:
        domain.verified_at, domain.method = before or now, finding.method
        domain.failing_since = None
    elif before is not None and finding.is_certain:
        domain.failing_since = domain.failing_since or now
        if lost or now - domain.failing_since >= GRACE:
            domain.verified_at, domain.method, domain.failing_since = None, "", None
    domain.save()
    if (before is None) != (domain.verified_at is None):
        change_of = "verified" if domain.verified_at else "lost"
        log.info("site_domain.changed", domain_id=str(domain.pk), became=change_of)


def _hold(project: Project) -> uuid.UUID:
    """Hold the project's row until the transaction ends: one change of its places at a time."""
    held = Project.objects.select_for_update(of=("self",), no_key=True)
    return held.only("pk").get(pk=project.pk).pk
