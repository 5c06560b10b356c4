"""A talk between a user and the consultant."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantModel,
    between,
    not_negative,
    one_of,
    ordered,
)
from conversations.models.choices import ConversationStage, ConversationType

TABLE = "conversations_conversation"


def validate_handoffs(value: Any) -> None:
    """Accept `[{at, from, to, reason}]`; the shape is conversations.handoffs.Handoff."""
    from conversations.handoffs import faults_of

    if faults := faults_of(value):
        raise ValidationError([f"{fault.pointer or '/'}: {fault.detail}" for fault in faults])


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def active(self) -> "ConversationQuerySet":
        return self.filter(status=Conversation.Status.ACTIVE)


class Conversation(StatusMixin, TenantModel):
    """One session; its counters are raised by `turns.add_turn`, its status by `lifecycle`."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        COMPLETED = "completed", _("completed")
        ABANDONED = "abandoned", _("abandoned")

    class CompletionReason(models.TextChoices):
        GOAL_ACHIEVED = "goal_achieved", _("goal achieved")
        USER_ENDED = "user_ended", _("ended by the user")
        TRANSFERRED = "transferred", _("handed to a person")
        INACTIVE = "inactive", _("no answer any more")
        FAILED = "failed", _("could not go on")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.ACTIVE: frozenset({Status.COMPLETED, Status.ABANDONED}),
        Status.COMPLETED: frozenset({Status.ACTIVE}),
        Status.ABANDONED: frozenset({Status.ACTIVE}),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="conversations",
        db_index=False,
        verbose_name=_("user"),
    )
    session_id = models.CharField(_("session"), max_length=100)
    conversation_type = models.CharField(
        pgettext_lazy("kind", "type"),
        max_length=50,
        choices=ConversationType,
        default=ConversationType.ONBOARDING,
        db_default=ConversationType.ONBOARDING,
    )
    conversation_stage = models.CharField(
        _("stage"),
        max_length=50,
        choices=ConversationStage,
        default=ConversationStage.INITIAL,
        db_default=ConversationStage.INITIAL,
    )
    status = models.CharField(
        _("status"),
        max_length=50,
        choices=Status,
        default=Status.ACTIVE,
        db_default=Status.ACTIVE,
    )
    is_active = models.GeneratedField(
        expression=Q(status="active"),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("going on"),
    )
    is_completed = models.GeneratedField(
        expression=Q(status="completed"),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("completed"),
    )
    completion_reason = models.CharField(
        _("reason of the end"), max_length=100, choices=CompletionReason, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    primary_goal = models.CharField(_("goal"), max_length=200, blank=True)
    key_outcomes = models.JSONField(_("outcomes"), default=list, blank=True)
    primary_agent = models.CharField(
        _("first agent"), max_length=50, default="master_agent", db_default="master_agent"
    )
    involved_agents = models.JSONField(_("agents involved"), default=list, blank=True)
    agent_handoffs = models.JSONField(
        _("handoffs"), default=list, blank=True, validators=[validate_handoffs]
    )
    total_turns = models.PositiveIntegerField(_("turns"), default=0, db_default=0)
    user_messages_count = models.PositiveIntegerField(
        _("messages of the user"), default=0, db_default=0
    )
    agent_messages_count = models.PositiveIntegerField(
        _("messages of agents"), default=0, db_default=0
    )
    average_response_time = models.FloatField(
        _("average response time"), null=True, blank=True, help_text=_("Milliseconds.")
    )
    user_satisfaction_score = models.PositiveSmallIntegerField(
        _("satisfaction"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text="1..10",
    )
    conversation_quality_score = models.FloatField(
        _("quality"), null=True, blank=True, help_text="0..100"
    )
    user_feedback = models.TextField(_("feedback"), blank=True)
    business_value_generated = models.CharField(_("business value"), max_length=100, blank=True)
    actionable_insights_count = models.PositiveIntegerField(
        _("actionable insights"), default=0, db_default=0
    )
    follow_up_required = models.BooleanField(_("to be followed up"), default=False)
    follow_up_date = models.DateTimeField(_("follow up on"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), default=timezone.now, db_default=Now())
    last_activity_at = models.DateTimeField(
        _("last activity at"), default=timezone.now, db_default=Now()
    )
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    duration_minutes = models.GeneratedField(
        expression=models.Func(
            F("completed_at"),
            F("started_at"),
            template="floor(extract(epoch from %(expressions)s) / 60)::integer",
            arg_joiner=" - ",
        ),
        output_field=models.IntegerField(),
        db_persist=True,
        verbose_name=_("duration"),
        help_text=_("Whole minutes from the start to the end; empty while it goes on."),
    )

    objects = ConversationQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "session_id"], name="conversations_conversation_session"
            ),
            one_of(TABLE, "conversation_type", ConversationType),
            one_of(TABLE, "conversation_stage", ConversationStage),
            one_of(TABLE, "status", ["active", "completed", "abandoned"]),
            one_of(
                TABLE,
                "completion_reason",
                ["goal_achieved", "user_ended", "transferred", "inactive", "failed"],
            ),
            # Completed means: at a time, and then only.
            models.CheckConstraint(
                condition=Q(status="completed", completed_at__isnull=False)
                | (~Q(status="completed") & Q(completed_at__isnull=True)),
                name="conversations_conversation_completed_at",
            ),
            ordered(TABLE, "started_at", "completed_at"),
            ordered(TABLE, "started_at", "last_activity_at"),
            *between(TABLE, 1, 10, "user_satisfaction_score"),
            *between(TABLE, 0, 100, "conversation_quality_score"),
            *between(TABLE, 0, None, "average_response_time"),
            *not_negative(
                TABLE,
                "total_turns",
                "user_messages_count",
                "agent_messages_count",
                "actionable_insights_count",
            ),
            models.CheckConstraint(
                condition=Q(total_turns__gte=F("user_messages_count") + F("agent_messages_count")),
                name="conversations_conversation_turns_hold_messages",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "user", "-last_activity_at"],
                name="conversations_conv_user",
            ),
            models.Index(
                fields=["workspace", "status", "-last_activity_at"],
                name="conversations_conv_status",
            ),
            models.Index(
                fields=["workspace", "conversation_type", "-started_at"],
                name="conversations_conv_type",
            ),
            models.Index(fields=["workspace", "-started_at"], name="conversations_conv_started"),
            models.Index(
                fields=["workspace", "-last_activity_at"], name="conversations_conv_activity"
            ),
            models.Index(
                fields=["workspace", "follow_up_date"],
                name="conversations_conv_follow_up",
                condition=Q(follow_up_required=True),
            ),
            # What has been silent, and what roll-ups ask for, of all workspaces.
            models.Index(fields=["updated_at"], name="conversations_conv_updated"),
            models.Index(
                fields=["last_activity_at"],
                name="conversations_conv_silent",
                condition=Q(status="active"),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.started_at:%Y-%m-%d %H:%M}"
