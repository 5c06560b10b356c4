import datetime
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Erasure, PersonalData, TenantForeignKey, TenantModel, not_negative

UNSENT: Final = ("queued", "sending")


class MailMessageQuerySet(models.QuerySet["MailMessage"]):
    def due(self, now: datetime.datetime) -> "MailMessageQuerySet":
        return self.filter(status__in=UNSENT, due_at__lte=now)


class MailMessage(TenantModel):
    """A mail as it is to be sent, written in the transaction of what it tells of."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="contact", link="contact", erasure=Erasure.DELETE),
        PersonalData(subject="contact", by_email="to_address", erasure=Erasure.DELETE),
        PersonalData(subject="user", by_email="to_address", erasure=Erasure.DELETE),
        # Mails to others that tell of them: a member is told what a visitor wrote.
        PersonalData(subject="contact", link="execution__contact", erasure=Erasure.DELETE),
        PersonalData(subject="contact", by_email="reply_to", erasure=Erasure.DELETE),
        PersonalData(subject="contact", by_email="text", erasure=Erasure.REDACT),
        PersonalData(subject="contact", by_email="html", erasure=Erasure.REDACT),
    )

    execution = TenantForeignKey(
        "journeys.WorkflowExecution",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("execution"),
    )
    step_index = models.PositiveSmallIntegerField(_("step"), default=0)
    contact = TenantForeignKey(
        "journeys.Contact",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("contact"),
    )
    to_address = models.EmailField(_("to"), max_length=254)
    reply_to = models.EmailField(_("reply to"), max_length=254, blank=True)
    from_name = models.CharField(_("sender's name"), max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    language = models.CharField(_("language"), max_length=2, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(
        _("due at"),
        help_text=_("When a worker may take it up; while one has it, when its lease ends."),
    )
    lease = models.UUIDField(_("lease"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error_message = models.TextField(_("error"), blank=True)

    objects = MailMessageQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "execution", "step_index", "to_address"],
                name="journeys_mail_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["queued", "sending", "sent", "failed"]),
                name="journeys_mail_status",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(status="sent"),
                name="journeys_mail_sent_at",
            ),
            *not_negative("journeys_mail", "step_index", "attempts"),
        ]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="journeys_mail_newest"),
            models.Index(fields=["workspace", "status"], name="journeys_mail_by_status"),
            models.Index(
                fields=["due_at"],
                name="journeys_mail_due",
                condition=models.Q(status__in=UNSENT),
            ),
            models.Index(
                fields=["workspace", "to_address", "created_at"], name="journeys_mail_recipient"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
