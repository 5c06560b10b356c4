"""People: who signs in."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.base import BaseModel
from accounts.models.constraints import not_negative, one_of
from accounts.models.personal import Erasure, PersonalData
from accounts.models.secrets import HiddenCharField
from accounts.models.status import StatusMixin
from accounts.models.subscriptions import Subscription, best_subscription


class UserQuerySet(models.QuerySet["User"]):
    def present(self) -> "UserQuerySet":
        """Users who are not deleted."""
        return self.filter(deleted_at__isnull=True)

    def mark_verified(self, user_id: uuid.UUID) -> int:
        """Record that a user's address was confirmed; the first time counts. Rows changed."""
        return self.filter(pk=user_id, is_verified=False).update(
            is_verified=True, email_verified_at=timezone.now()
        )


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Queries that leave deleted users out; `User.with_deleted` has them all."""

    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        queryset: UserQuerySet = super().get_queryset()
        return queryset.present()

    def get_by_natural_key(self, email: str | None) -> "User":
        user: User = self.get(email=(email or "").lower())
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user with a lower-cased address; no password means none can sign in with one."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)


class OnboardingStage(models.TextChoices):
    PERSONAL = "personal", _("personal")
    BUSINESS = "business", _("business")
    ANALYSIS = "analysis", _("analysis")
    COMPLETE = "complete", _("complete")


class User(StatusMixin, BaseModel, AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in; within a tenant's scope the password's hash reads as None."""

    OnboardingStage = OnboardingStage
    STATUS_FIELD = "onboarding_stage"
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        "personal": frozenset({"business"}),
        "business": frozenset({"analysis"}),
        "analysis": frozenset({"complete"}),
    }

    password = HiddenCharField(_("password"), max_length=128)
    email = models.CharField(_("e-mail address"), max_length=254, unique=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    title = models.CharField(
        pgettext_lazy("of a person", "title"),
        max_length=50,
        blank=True,
        help_text=_("Dr., Eng. …"),
    )
    preferred_name = models.CharField(_("preferred name"), max_length=100, blank=True)
    is_staff = models.BooleanField(_("may open the console"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_verified = models.BooleanField(_("verified"), default=False)
    email_verified_at = models.DateTimeField(_("e-mail verified at"), null=True, blank=True)
    onboarding_completed = models.BooleanField(_("onboarding completed"), default=False)
    onboarding_stage = models.CharField(
        _("onboarding stage"),
        max_length=50,
        choices=OnboardingStage,
        default=OnboardingStage.PERSONAL,
    )
    onboarding_completed_at = models.DateTimeField(
        _("onboarding completed at"), null=True, blank=True
    )
    last_activity_at = models.DateTimeField(_("last activity at"), null=True, blank=True)
    login_count = models.PositiveIntegerField(_("sign-ins"), default=0)
    created_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    updated_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()
    with_deleted = models.Manager["User"]()

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="pk", erasure=Erasure.DELETE, secret=("password",)),
        PersonalData(subject="user", link="created_by", erasure=Erasure.DETACH, exported=False),
        PersonalData(subject="user", link="updated_by", erasure=Erasure.DETACH, exported=False),
        PersonalData(subject="user", link="deleted_by", erasure=Erasure.DETACH, exported=False),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        base_manager_name = "with_deleted"
        indexes = [
            models.Index(fields=["last_activity_at"], name="accounts_user_activity"),
            models.Index(fields=["onboarding_stage"], name="accounts_user_stage"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower"
            ),
            one_of("accounts_user", "onboarding_stage", OnboardingStage),
            *not_negative("accounts_user", "login_count"),
            models.CheckConstraint(
                condition=models.Q(
                    onboarding_stage="complete",
                    onboarding_completed=True,
                    onboarding_completed_at__isnull=False,
                )
                | (
                    ~models.Q(onboarding_stage="complete")
                    & models.Q(onboarding_completed=False, onboarding_completed_at__isnull=True)
                ),
                name="accounts_user_onboarding_agrees",
            ),
            models.CheckConstraint(
                condition=models.Q(is_verified=True) | models.Q(email_verified_at__isnull=True),
                name="accounts_user_verified_agrees",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def get_short_name(self) -> str:
        return self.preferred_name or self.first_name or self.email.split("@")[0]

    @cached_property
    def subscription(self) -> Subscription:
        """The best subscription among the user's workspaces; one query, then remembered."""
        return best_subscription(self.pk)

    @property
    def subscription_tier(self) -> str:
        return self.subscription.tier

    @property
    def subscription_status(self) -> str:
        return self.subscription.status

    @property
    def trial_ends_at(self) -> datetime.datetime | None:
        return self.subscription.trial_ends_at
