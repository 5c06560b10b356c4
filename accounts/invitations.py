"""Asking people into a workspace.

An invitation says nothing of whether its address has an account, and gives nobody a look at
anybody: a person becomes a member by accepting, signed in, with that address confirmed. So does a
guest, who gets to see one project and nothing else of the workspace; what becomes of an accepted
guest is for the floor above, which the setting INVITED_GUEST names.
"""

import datetime
import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts import audit, memberships, quotas, tenancy
from accounts.faults import Fault
from accounts.models import AuditAction, Invitation, Membership, User, Workspace
from accounts.models.workspaces import InvitationQuerySet

VALID_FOR: Final = datetime.timedelta(days=7)
# Guests take no seat, so that their number has a bound of its own: nobody is to mail the world.
MOST_WAITING_GUESTS: Final = 50


class InvitationError(Exception):
    """An invitation cannot be made or accepted; `faults` say why."""

    def __init__(self, *, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = [Fault(pointer=pointer, code=code, detail=detail)]


def invite(*, workspace: Workspace, email: str, role: str, by: User | None = None) -> Invitation:
    """Send an invitation; a second one to an address takes the place of the first.

    Raises InvitationError for somebody who is a member, QuotaExceededError without a free seat.
    """
    with transaction.atomic():
        waiting = _take_back(workspace, email).open().filter(guest_of__isnull=True).count()
        quotas.check(workspace_id=workspace.pk, kind=quotas.Kind.SEATS, amount=1 + waiting)
        return _make(workspace=workspace, email=email, role=role, by=by)


def invite_guest(
    *,
    workspace: Workspace,
    email: str,
    role: str,
    project_id: uuid.UUID,
    project: str,
    by: User | None = None,
) -> Invitation:
    """Send an invitation to work on one project, of this name, as an editor or a viewer.

    Raises InvitationError for somebody who is a member, or where many guests have not answered.
    """
    with transaction.atomic():
        others = _take_back(workspace, email, guest_of=project_id).open()
        if others.filter(guest_of__isnull=False).count() >= MOST_WAITING_GUESTS:
            raise InvitationError(
                pointer="/email",
                code="too_many_invitations",
                detail=_("%(count)s guests have not answered yet; take an invitation back first.")
                % {"count": MOST_WAITING_GUESTS},
            )
        return _make(
            workspace=workspace, email=email, role=role, by=by, guest_of=project_id, project=project
        )


def accept(*, token: str, user: User) -> None:
    """Make the person a member, or a guest. Raises InvitationError, QuotaExceededError."""
    with tenancy.owner(reason="accept_invitation"):
        invitation = (
            Invitation.objects.open()
            .select_for_update(of=("self",))
            .select_related("workspace")
            .filter(hashed_token=_hash(token))
            .first()
        )
        if invitation is None:
            raise InvitationError(
                pointer="", code="unknown_invitation", detail=_("This invitation has ended.")
            )
        if not EmailAddress.objects.filter(
            user=user, email=invitation.email, verified=True
        ).exists():
            raise InvitationError(
                pointer="",
                code="other_address",
                detail=_("This invitation is for another e-mail address than yours."),
            )
        if invitation.guest_of is None:
            memberships.add(workspace=invitation.workspace, user=user, role=invitation.role)
        else:
            welcome = import_string(settings.INVITED_GUEST)
            welcome(project_id=invitation.guest_of, user_id=user.pk, role=invitation.role)
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())


@dataclass(frozen=True)
class Place:
    """Where an invitation is to: a workspace by its name, or as a guest of a project of it."""

    workspace: str
    as_guest: bool


def place_of(token: str) -> Place | None:
    """Where an open invitation is to; None for any other token."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select workspace_name, guest_of is not null from accounts_find_invitation(%s)",
            (_hash(token),),
        )
        row = cursor.fetchone()
    return Place(*row) if row else None


def _take_back(
    workspace: Workspace, email: str, *, guest_of: uuid.UUID | None = None
) -> InvitationQuerySet:
    """Take back what the address was invited to before; the workspace's other invitations.

    Raises InvitationError for a member.
    """
    email = _plain(email)
    if Membership.objects.filter(workspace=workspace, user__email=email).exists():
        raise InvitationError(
            pointer="/email", code="already_member", detail=_("This person is a member already.")
        )
    Invitation.objects.filter(
        workspace=workspace, email=email, guest_of=guest_of, accepted_at__isnull=True
    ).delete()
    return Invitation.objects.filter(workspace=workspace)


def _make(
    *,
    workspace: Workspace,
    email: str,
    role: str,
    by: User | None,
    guest_of: uuid.UUID | None = None,
    project: str = "",
) -> Invitation:
    token = secrets.token_urlsafe(32)
    email = _plain(email)
    invitation = Invitation.objects.create(
        workspace=workspace,
        email=email,
        role=role,
        guest_of=guest_of,
        hashed_token=_hash(token),
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    audit.record(
        action=AuditAction.MEMBER_INVITED,
        subject=f"accounts.invitation {invitation.pk}",
        workspace_id=workspace.pk,
        after={"role": role} | ({"guest_of": guest_of} if guest_of else {}),
    )
    transaction.on_commit(
        lambda: _send(workspace=workspace, email=email, token=token, project=project)
    )
    return invitation


def _plain(email: str) -> str:
    return email.strip().lower()


def _hash(token: str) -> str:
    """SHA-256 in hex: a token has 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _send(*, workspace: Workspace, email: str, token: str, project: str) -> None:
    context = {
        "workspace": workspace.name,
        "project": project,
        "url": urljoin(settings.PUBLIC_OFFICE_URL, f"/account/invitations/{token}/"),
        "days": VALID_FOR.days,
    }
    send_mail(
        subject=_subject(workspace.name, project),
        message=render_to_string("accounts/invitation.txt", context),
        from_email=None,
        recipient_list=[email],
    )


def _subject(workspace: str, project: str) -> str:
    if project:
        return _("Work on %(project)s at Halfhour") % {"project": project}
    return _("Join %(workspace)s at Halfhour") % {"workspace": workspace}
