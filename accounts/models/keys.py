"""Keys with which programs come in."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models.base import TenantModel
from accounts.models.personal import Erasure, PersonalData
from accounts.models.users import User


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def live(self) -> "ApiKeyQuerySet":
        return self.filter(revoked_at__isnull=True)


@tracked(exclude=("public_token", "last_used_at"))
class ApiKey(TenantModel):
    class Kind(models.TextChoices):
        INGEST = "ingest", _("ingest: sends events, reads nothing")
        SERVER = "server", _("server: a program of the workspace")
        PERSONAL = "personal", _("personal: acts as its user")

    updated_at = None  # type: ignore[assignment]  # a key is made, used and revoked, never edited
    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="api_keys",
        verbose_name=_("user"),
        help_text=_("Whom a personal key acts as."),
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    prefix = models.CharField(
        _("prefix"), max_length=40, help_text=_("The first characters, to tell keys apart.")
    )
    hashed_key = models.CharField(max_length=64, unique=True, editable=False)
    public_token = models.CharField(
        _("public token"),
        max_length=80,
        blank=True,
        help_text=_("The whole key where it is public by nature: a published site's ingest key."),
    )
    scopes = ArrayField(
        models.CharField(max_length=100), verbose_name=_("scopes"), default=list, blank=True
    )
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE, secret=("hashed_key",)),
    )

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        indexes = [models.Index(fields=["workspace", "-created_at"], name="accounts_apikey_recent")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["ingest", "server", "personal"]),
                name="accounts_apikey_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="personal", user__isnull=False)
                | (~models.Q(kind="personal") & models.Q(user__isnull=True)),
                name="accounts_apikey_personal_has_user",
            ),
            models.CheckConstraint(
                condition=models.Q(public_token="") | models.Q(kind="ingest"),
                name="accounts_apikey_only_ingest_is_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
