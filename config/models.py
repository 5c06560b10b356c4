"""What the platform itself keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import BaseModel, Workspace


class IdempotentAnswer(BaseModel):
    """The answer to a POST that took effect, for whoever sends it again with the same key.

    Reached by the web only through two functions (migration 0003): a row is written in the
    transaction of what it answers for, so that both are there or neither.
    """

    updated_at = None  # type: ignore[assignment]  # written once
    workspace = models.ForeignKey(
        Workspace,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        verbose_name=_("workspace"),
    )
    digest = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 of who asked, where, and with which key.")
    )
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 of the request."))
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(default=dict)
    body = models.BinaryField(
        null=True, help_text=_("Empty where the answer held a secret or was too large to keep.")
    )

    class Meta:
        verbose_name = _("answer kept for retries")
        verbose_name_plural = _("answers kept for retries")
        indexes = [models.Index(fields=["created_at"], name="config_answer_created")]

    def __str__(self) -> str:
        return self.digest[:12]
