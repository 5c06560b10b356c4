"""What was said, one message after the other."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import (
    Erasure,
    PersonalData,
    TenantForeignKey,
    TenantModel,
    between,
    not_negative,
    one_of,
)
from conversations.models.choices import AgentType, Language

TABLE = "conversations_conversationturn"


class ConversationTurn(TenantModel):
    """One message; `turns.add_turn` writes it and nothing changes it but the user's rating."""

    class Role(models.TextChoices):
        USER = "user", _("user")
        ASSISTANT = "assistant", _("assistant")
        SYSTEM = "system", _("system")

    class MessageType(models.TextChoices):
        TEXT = "text", _("text")
        IMAGE = "image", _("image")
        FILE = "file", _("file")
        VOICE = "voice", _("voice")
        SUGGESTION = "suggestion", _("suggestion")
        REPORT = "report", _("report")

    class Feedback(models.TextChoices):
        HELPFUL = "helpful", _("helpful")
        NOT_HELPFUL = "not_helpful", _("not helpful")
        INCORRECT = "incorrect", _("incorrect")
        INAPPROPRIATE = "inappropriate", _("inappropriate")

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    conversation = TenantForeignKey(
        "conversations.Conversation",
        on_delete=models.CASCADE,
        related_name="turns",
        db_index=False,
        verbose_name=_("conversation"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("user"),
        help_text=_("Whose conversation it is."),
    )
    turn_number = models.PositiveIntegerField(_("number"), help_text=_("Counted from 1."))
    role = models.CharField(pgettext_lazy("of a turn", "role"), max_length=50, choices=Role)
    content = models.TextField(_("content"))
    agent_name = models.CharField(_("agent"), max_length=100, blank=True)
    agent_type = models.CharField(
        _("kind of agent"), max_length=50, choices=AgentType, null=True, blank=True
    )
    agent_confidence = models.FloatField(_("confidence"), null=True, blank=True, help_text="0..1")
    message_type = models.CharField(
        _("kind of message"),
        max_length=50,
        choices=MessageType,
        default=MessageType.TEXT,
        db_default=MessageType.TEXT,
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH,
    )
    cultural_context_applied = models.BooleanField(
        _("cultural context applied"), default=False, db_default=False
    )
    processing_time_ms = models.PositiveIntegerField(
        _("processing time"), null=True, blank=True, help_text=_("Milliseconds.")
    )
    tokens_used = models.PositiveIntegerField(_("tokens"), null=True, blank=True)
    cost_usd = models.DecimalField(
        _("cost"),
        max_digits=14,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("US dollars."),
    )
    external_apis_used = models.JSONField(
        _("APIs used"), default=list, blank=True, help_text=_("A name for every call.")
    )
    api_response_data = models.JSONField(_("answers of APIs"), default=dict, blank=True)
    user_feedback = models.CharField(
        _("feedback"), max_length=50, choices=Feedback, null=True, blank=True
    )
    user_rating = models.PositiveSmallIntegerField(
        _("rating"), null=True, blank=True, help_text="1..5"
    )
    follow_up_questions = models.JSONField(_("follow-up questions"), default=list, blank=True)
    triggered_agent_handoff = models.BooleanField(
        _("led to a handoff"), default=False, db_default=False
    )
    next_expected_action = models.CharField(_("expected next"), max_length=100, blank=True)
    conversation_stage_transition = models.CharField(
        _("stage that it led to"), max_length=100, blank=True
    )
    intent_detected = models.CharField(_("intent"), max_length=100, blank=True)
    entities_extracted = models.JSONField(_("entities"), default=dict, blank=True)
    sentiment_score = models.FloatField(_("sentiment"), null=True, blank=True, help_text="-1..1")

    class Meta(TenantModel.Meta):
        verbose_name = pgettext_lazy("of a conversation", "turn")
        verbose_name_plural = pgettext_lazy("of a conversation", "turns")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "conversation", "turn_number"],
                name="conversations_conversationturn_number",
            ),
            models.CheckConstraint(
                condition=models.Q(turn_number__gte=1),
                name="conversations_conversationturn_turn_number",
            ),
            one_of(TABLE, "role", ["user", "assistant", "system"]),
            one_of(TABLE, "agent_type", AgentType),
            one_of(
                TABLE, "message_type", ["text", "image", "file", "voice", "suggestion", "report"]
            ),
            one_of(TABLE, "language", Language),
            one_of(
                TABLE, "user_feedback", ["helpful", "not_helpful", "incorrect", "inappropriate"]
            ),
            *between(TABLE, 0, 1, "agent_confidence"),
            *between(TABLE, 1, 5, "user_rating"),
            *between(TABLE, -1, 1, "sentiment_score"),
            *not_negative(TABLE, "processing_time_ms", "tokens_used", "cost_usd"),
        ]
        indexes = [
            # The days of a user's analytics, and a user's latest words.
            models.Index(
                fields=["workspace", "user", "created_at"], name="conversations_turn_user"
            ),
            models.Index(fields=["workspace", "-id"], name="conversations_turn_newest"),
            models.Index(fields=["workspace", "-created_at"], name="conversations_turn_recent"),
            # Roll-ups ask for what came in lately, of all workspaces.
            models.Index(fields=["created_at"], name="conversations_turn_created"),
        ]

    def __str__(self) -> str:
        return f"{self.turn_number}. {self.get_role_display()}"
