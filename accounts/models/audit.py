"""What was done past the usual limits, and by whom; written once, never changed."""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models.functions import Now, Upper
from django.utils.translation import gettext_lazy as _

from accounts.models.base import UUIDv7, uuid7
from accounts.models.constraints import one_of
from accounts.models.personal import Erasure, PersonalData
from accounts.models.users import User
from accounts.models.workspaces import Workspace


class AuditAction(models.TextChoices):
    OWNER_SCOPE = "owner_scope", _("looked past row security")
    KEY_ISSUED = "key_issued", _("issued a key")
    KEY_REVOKED = "key_revoked", _("revoked a key")
    KEY_USED = "key_used", _("used a key")
    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
    SIGNED_OUT = "signed_out", _("signed out")
    SESSION_ENDED = "session_ended", _("ended a session")
    PASSWORD_CHANGED = "password_changed", _("changed a password")
    FACTOR_ADDED = "factor_added", _("added a second factor")
    FACTOR_REMOVED = "factor_removed", _("removed a second factor")
    MEMBER_INVITED = "member_invited", _("invited somebody")
    MEMBER_JOINED = "member_joined", _("joined a workspace")
    MEMBER_REMOVED = "member_removed", _("removed a member")
    ROLE_CHANGED = "role_changed", _("changed a role")
    CREDENTIAL_STORED = "credential_stored", _("stored a credential")
    CREDENTIAL_REMOVED = "credential_removed", _("removed a credential")
    EXPORTED = "exported", _("exported a person's data")
    ERASED = "erased", _("erased a person's data")
    CONSOLE_WRITE = "console_write", _("wrote in the console")
    IMPERSONATION_STARTED = "impersonation_started", _("began to act as somebody")
    IMPERSONATION_STOPPED = "impersonation_stopped", _("ceased to act as somebody")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def matching(self, words: str) -> "AuditEntryQuerySet":
        """Entries whose subject holds the words, found by the database's trigram index."""
        with connection.cursor() as cursor:
            cursor.execute("select accounts_search_audit(%s)", (words,))
            found: Iterable[tuple[object]] = cursor.fetchall()
        return self.filter(pk__in=[row[0] for row in found])


class AuditEntry(models.Model):
    """One deed. A trigger refuses changes to everybody, the owner of the tables included.

    The person and the workspace are named without a constraint: an entry outlives both. Only
    `accounts_redact_audit(person)`, for the erasure of a person, empties what is personal.
    """

    Action = AuditAction

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUIDv7(), editable=False)
    at = models.DateTimeField(_("at"), auto_now_add=True, db_default=Now())
    user = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("user"),
    )
    impersonator = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("impersonated by"),
        help_text=_("The superuser who acted as the user."),
    )
    workspace = models.ForeignKey(
        Workspace,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("workspace"),
    )
    key = models.UUIDField(_("key"), null=True, blank=True, help_text=_("The API key's id."))
    action = models.CharField(_("action"), max_length=30, choices=AuditAction)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    ip_address = models.GenericIPAddressField(
        _("address"),
        null=True,
        blank=True,
        help_text=_("Kept where the person agrees to analytics."),
    )

    objects = AuditEntryQuerySet.as_manager()

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(
            subject="user",
            link="user",
            erasure=Erasure.REDACT,
            # Carried out by accounts_redact_audit(), the one way past the trigger.
            redact={
                "user": None,
                "subject": "",
                "before": None,
                "after": None,
                "ip_address": None,
            },
        ),
        PersonalData(
            subject="user",
            link="impersonator",
            erasure=Erasure.REDACT,
            redact={"impersonator": None},
            exported=False,
        ),
    )

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["-at"], name="accounts_audit_recent"),
            models.Index(fields=["workspace", "-id"], name="accounts_audit_workspace"),
            models.Index(fields=["user", "-id"], name="accounts_audit_user"),
            models.Index(fields=["action", "-id"], name="accounts_audit_action"),
            GinIndex(
                OpClass(Upper("subject"), name="gin_trgm_ops"), name="accounts_audit_subject_trgm"
            ),
        ]
        constraints = [one_of("accounts_auditentry", "action", AuditAction)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
