"""Workspaces, which own everything, and who belongs to them."""

import zoneinfo
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models.base import BaseModel, TenantModel
from accounts.models.constraints import one_of
from accounts.models.personal import Erasure, PersonalData
from accounts.models.users import User


class Role(models.TextChoices):
    """What a member may do; each has all that stands below it."""

    OWNER = "owner", _("owner")
    ADMIN = "admin", _("admin")
    EDITOR = "editor", _("editor")
    ANALYST = "analyst", _("analyst")
    VIEWER = "viewer", _("viewer")


EDITORS = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR})
ADMINS = frozenset({Role.OWNER, Role.ADMIN})


def validate_timezone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(name)s is no time zone; an example is Asia/Riyadh."), params={"name": name}
        )


class _SubscriptionStatus(models.TextChoices):
    TRIALING = "trialing", _("trialing")
    ACTIVE = "active", _("active")
    PAST_DUE = "past_due", _("past due")
    CANCELLED = "cancelled", _("cancelled")


@tracked()
class Workspace(BaseModel):
    class Tier(models.TextChoices):
        FREE = "free", _("free")
        PRO = "pro", _("pro")
        ENTERPRISE = "enterprise", _("enterprise")

    SubscriptionStatus = _SubscriptionStatus

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        ARABIC = "ar", _("Arabic")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    subscription_tier = models.CharField(_("tier"), max_length=20, choices=Tier, default=Tier.FREE)
    subscription_status = models.CharField(
        _("subscription"),
        max_length=20,
        choices=SubscriptionStatus,
        default=SubscriptionStatus.ACTIVE,
    )
    trial_ends_at = models.DateTimeField(_("trial ends at"), null=True, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Riyadh", validators=[validate_timezone]
    )
    country = models.CharField(
        _("country"), max_length=2, default="SA", validators=[RegexValidator(r"^[A-Z]{2}$")]
    )
    default_language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="SAR", validators=[RegexValidator(r"^[A-Z]{3}$")]
    )
    week_start = models.PositiveSmallIntegerField(
        _("week starts on"), choices=Weekday, default=Weekday.SUNDAY
    )
    members = models.ManyToManyField(User, through="Membership", related_name="workspaces")

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(week_start__lte=6), name="accounts_workspace_week_start"
            ),
            models.CheckConstraint(
                condition=models.Q(subscription_tier__in=["free", "pro", "enterprise"]),
                name="accounts_workspace_tier",
            ),
            one_of("accounts_workspace", "subscription_status", _SubscriptionStatus),
            models.CheckConstraint(
                condition=models.Q(default_language__in=["en", "ar"]),
                name="accounts_workspace_language",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Membership(TenantModel):
    workspace = models.ForeignKey(
        Workspace, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("workspace")
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"], name="accounts_membership_workspace_user"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Invitations that can still be accepted."""
        return self.filter(accepted_at__isnull=True, expires_at__gt=Now())


class Invitation(TenantModel):
    """An address asked to join; whoever proves to read it becomes a member by accepting.

    Or a guest: of one project, which the floor above knows (its migration adds the foreign key).
    """

    email = models.CharField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    guest_of = models.UUIDField(
        _("guest of"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The one project that the invited person is to work on, not as a member."),
    )
    hashed_token = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(
            subject="user", by_email="email", erasure=Erasure.DELETE, secret=("hashed_token",)
        ),
        PersonalData(
            subject="user",
            link="invited_by",
            erasure=Erasure.DETACH,
            exported=False,
            secret=("hashed_token",),
        ),
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [
            models.Index(fields=["workspace", "-created_at"], name="accounts_invitation_recent")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_invitation_email_lower"
            ),
            one_of("accounts_invitation", "role", Role),
            models.CheckConstraint(
                condition=models.Q(guest_of__isnull=True)
                | models.Q(role__in=[Role.EDITOR, Role.VIEWER]),
                name="accounts_invitation_guest_role",
            ),
            models.UniqueConstraint(
                fields=["workspace", "email", "guest_of"],
                condition=models.Q(accepted_at__isnull=True),
                nulls_distinct=False,
                name="accounts_invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.email
