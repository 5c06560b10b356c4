"""Asking people into a workspace.

An invitation says nothing of whether its address has an account, and gives nobody a look at
anybody: a person becomes a member by accepting, signed in, with that address confirmed.
"""

import datetime
import hashlib
import secrets
from typing import Final
from urllib.parse import urljoin

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, memberships, quotas, tenancy
from accounts.faults import Fault
from accounts.models import AuditAction, Invitation, Membership, User, Workspace

VALID_FOR: Final = datetime.timedelta(days=7)


class InvitationError(Exception):
    """An invitation cannot be made or accepted; `faults` say why."""

    def __init__(self, *, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = [Fault(pointer=pointer, code=code, detail=detail)]


def invite(*, workspace: Workspace, email: str, role: str, by: User | None = None) -> Invitation:
    """Send an invitation; a second one to an address takes the place of the first.

    Raises InvitationError for somebody who is a member, QuotaExceededError without a free seat.
    """
    email = email.strip().lower()
    if Membership.objects.filter(workspace=workspace, user__email=email).exists():
        raise InvitationError(
            pointer="/email", code="already_member", detail=_("This person is a member already.")
        )
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(
            workspace=workspace, email=email, accepted_at__isnull=True
        ).delete()
        waiting = Invitation.objects.open().filter(workspace=workspace).count()
        quotas.check(workspace_id=workspace.pk, kind=quotas.Kind.SEATS, amount=1 + waiting)
        invitation = Invitation.objects.create(
            workspace=workspace,
            email=email,
            role=role,
            hashed_token=_hash(token),
            invited_by=by,
            expires_at=timezone.now() + VALID_FOR,
        )
        audit.record(
            action=AuditAction.MEMBER_INVITED,
            subject=f"accounts.invitation {invitation.pk}",
            workspace_id=workspace.pk,
            after={"role": role},
        )
        transaction.on_commit(lambda: _send(workspace=workspace, email=email, token=token))
    return invitation


def accept(*, token: str, user: User) -> Membership:
    """Make the person a member. Raises InvitationError, QuotaExceededError without a free seat."""
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
        membership = memberships.add(
            workspace=invitation.workspace, user=user, role=invitation.role
        )
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    return membership


def workspace_of(token: str) -> str | None:
    """The name of the workspace that an open invitation is to; None for any other token."""
    with connection.cursor() as cursor:
        cursor.execute("select workspace_name from accounts_find_invitation(%s)", (_hash(token),))
        row = cursor.fetchone()
    return row[0] if row else None


def _hash(token: str) -> str:
    """SHA-256 in hex: a token has 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _send(*, workspace: Workspace, email: str, token: str) -> None:
    context = {
        "workspace": workspace.name,
        "url": urljoin(settings.PUBLIC_OFFICE_URL, f"/account/invitations/{token}/"),
        "days": VALID_FOR.days,
    }
    send_mail(
        subject=_("Join %(workspace)s at Halfhour") % {"workspace": workspace.name},
        message=render_to_string("accounts/invitation.txt", context),
        from_email=None,
        recipient_list=[email],
    )
