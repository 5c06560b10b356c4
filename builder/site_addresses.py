"""Moving a site: who had its old address is sent on to the new one."""

import re
from typing import Final

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder.models import Project, SiteAddress
from builder.models.sites import LABEL
from builder.projects import RESERVED_LABELS

log = structlog.get_logger(__name__)

# Labels are everybody's: who renames a site again and again does not keep them all.
MOST_OF_PROJECT: Final = 10


_LABEL: Final = re.compile(LABEL)


class AddressError(Exception):
    """An address cannot be had; `faults` say why."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = (Fault(pointer, code, detail),)


def add(*, address: SiteAddress) -> SiteAddress:
    """Give a project another address; a new primary one leaves the former to redirect.

    Raises `AddressError`.
    """
    with transaction.atomic():
        _hold(address.project)
        if address.is_primary:
            _make_room(address)
        _write(address)
    return address


def change(*, address: SiteAddress, label: str, is_primary: bool, redirects: bool) -> SiteAddress:
    """Change an address. The label that it had, and the primary one that it takes the place of,
    stay and redirect. Raises `AddressError`.
    """
    with transaction.atomic():
        _hold(address.project)
        if is_primary and not address.is_primary:
            _make_room(address)
        before = SiteAddress.objects.values_list("label", flat=True).get(pk=address.pk)
        address.label, address.is_primary, address.redirects = label, is_primary, redirects
        if label != before:
            _write(address)
            SiteAddress.objects.create(
                workspace_id=address.workspace_id,
                project=address.project,
                label=before,
                redirects=True,
            )
            _drop_oldest(address)
        else:
            address.save(update_fields=["is_primary", "redirects", "updated_at"])
    return address


def rename(*, project: Project, slug: str) -> Project:
    """Give a project another slug, and its site the address of that name.

    The old address stays and redirects. Raises `AddressError`.
    """
    if not _LABEL.fullmatch(slug) or slug in RESERVED_LABELS:
        text = _("A slug has small letters, digits and hyphens, and is no name of the platform's.")
        raise AddressError("/slug", "invalid_slug", text)
    with transaction.atomic():
        _hold(project)
        others = Project.objects.filter(workspace_id=project.workspace_id, slug=slug)
        if others.exclude(pk=project.pk).exists():
            text = _("Another project of the workspace has this slug.")
            raise AddressError("/slug", "duplicate_slug", text)
        primary = project.addresses.filter(is_primary=True).first()
        known = project.addresses.filter(label=slug).first()
        # A name that it had before is taken up again.
        wanted = known or primary
        if wanted is not None:
            try:
                change(address=wanted, label=slug, is_primary=True, redirects=False)
            except AddressError as error:
                raise AddressError("/slug", error.faults[0].code, str(error)) from error
        project.slug = slug
        project.save(update_fields=["slug", "updated_at"])
    log.info("project.renamed", project_id=str(project.pk))
    return project


def _make_room(address: SiteAddress) -> None:
    """Let the primary address, if there is one, redirect to the one that takes its place."""
    mine = SiteAddress.objects.filter(
        workspace_id=address.workspace_id, project_id=address.project_id, is_primary=True
    )
    mine.exclude(pk=address.pk).update(is_primary=False, redirects=True)


def _write(address: SiteAddress) -> None:
    if address.label in RESERVED_LABELS:
        raise AddressError("/label", "reserved", _("The platform keeps this name."))
    try:
        with transaction.atomic():
            address.save()
    except IntegrityError as error:
        text = _("This address is taken.")
        raise AddressError("/label", "duplicate_label", text) from error


def _drop_oldest(address: SiteAddress) -> None:
    """Give free the addresses that have only redirected for longest, beyond so many."""
    old = SiteAddress.objects.filter(
        workspace_id=address.workspace_id,
        project_id=address.project_id,
        is_primary=False,
        redirects=True,
    )
    kept = old.order_by("-id").values_list("pk", flat=True)[:MOST_OF_PROJECT]
    old.exclude(pk__in=list(kept)).delete()


def _hold(project: Project) -> None:
    held = Project.objects.select_for_update(of=("self",), no_key=True)
    held.only("pk").get(pk=project.pk)
