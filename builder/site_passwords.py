"""Setting and removing the password that a site is behind."""

from typing import Final

import structlog
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder.models import Project, SitePassword
from builder.models.domains import new_token

log = structlog.get_logger(__name__)

SHORTEST: Final = 6
LONGEST: Final = 200


class SitePasswordError(Exception):
    """A password will not do; `faults` say why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = (Fault("/password", code, detail),)


def set_password(*, project: Project, password: str) -> SitePassword:
    """Put a project's site behind a password; whoever was let in by another is asked again.

    Raises `SitePasswordError`.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        text = _("A password has %(shortest)d to %(longest)d characters.")
        raise SitePasswordError(
            "invalid_password", text % {"shortest": SHORTEST, "longest": LONGEST}
        )
    fields = {"password": make_password(password), "version": new_token()}
    with transaction.atomic():
        held = Project.objects.select_for_update(of=("self",), no_key=True)
        held.only("pk").get(pk=project.pk)
        mine = SitePassword.objects.filter(workspace_id=project.workspace_id, project=project)
        # By update, not by save: a tenant does not read the hash, and would write it back empty.
        if not mine.update(**fields):
            SitePassword.objects.create(
                workspace_id=project.workspace_id, project=project, **fields
            )
    log.info("site_password.set", project_id=str(project.pk))
    return mine.get()


def remove_password(*, project: Project) -> None:
    """Open a project's site to everyone."""
    mine = SitePassword.objects.filter(workspace_id=project.workspace_id, project=project)
    if mine.delete()[0]:
        log.info("site_password.removed", project_id=str(project.pk))
