"""What was done past the usual limits, and by whom; written once, never changed."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.base import UUIDv7, uuid7
from accounts.models.users import User


class AuditEntry(models.Model):
    class Action(models.TextChoices):
        OWNER_SCOPE = "owner_scope", _("looked past row security")
        KEY_ISSUED = "key_issued", _("issued a key")
        KEY_REVOKED = "key_revoked", _("revoked a key")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUIDv7(), editable=False)
    at = models.DateTimeField(_("at"), auto_now_add=True, db_default=Now())
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("user")
    )
    action = models.CharField(_("action"), max_length=20, choices=Action)
    subject = models.CharField(_("subject"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [models.Index(fields=["-at"], name="accounts_audit_recent")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
