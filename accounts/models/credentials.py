"""Secrets of a workspace with others: providers' keys, webhooks' signing secrets."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models.base import TenantModel
from accounts.models.constraints import one_of
from accounts.models.personal import Erasure, PersonalData
from accounts.models.secrets import HiddenEncryptedTextField
from accounts.models.users import User

TABLE = "accounts_credential"


class CredentialKind(models.TextChoices):
    OPENAI = "openai", _("OpenAI")
    ANTHROPIC = "anthropic", _("Anthropic")
    PERPLEXITY = "perplexity", _("Perplexity")
    SERANKING = "seranking", _("SE Ranking")
    HUBSPOT = "hubspot", _("HubSpot")
    SMTP = "smtp", _("mail server")
    WEBHOOK = "webhook", _("webhook signing secret")
    OTHER = "other", _("other")


@tracked(exclude=("last_used_at",))
class Credential(TenantModel):
    """One secret, encrypted; `accounts.credentials` stores it and hands it to what needs it.

    People see its last four characters, never the whole again.
    """

    Kind = CredentialKind

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(
        _("name"),
        max_length=100,
        default="default",
        help_text=_("Tells several of one kind apart."),
    )
    secret = HiddenEncryptedTextField(_("secret"), editable=False)
    last_four = models.CharField(_("last four characters"), max_length=4, editable=False)
    created_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("stored by"),
    )
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="created_by", erasure=Erasure.DETACH, secret=("secret",)),
    )

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "name"], name="accounts_credential_workspace_name"
            ),
            one_of(TABLE, "kind", CredentialKind),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name} (…{self.last_four})"
