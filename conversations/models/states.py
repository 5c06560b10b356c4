"""How far a conversation has come, and what its agents did."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
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
    ordered,
)
from conversations.models.choices import AgentType, ConversationType

STATES = "conversations_conversationstate"
INTERACTIONS = "conversations_agentinteraction"


class ConversationState(TenantModel):
    """A state that a conversation was in; the one that is not completed is the present one."""

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="conversation__user", erasure=Erasure.DELETE),
    )

    conversation = TenantForeignKey(
        "conversations.Conversation",
        on_delete=models.CASCADE,
        related_name="states",
        db_index=False,
        verbose_name=_("conversation"),
    )
    state_name = models.CharField(_("state"), max_length=100)
    state_type = models.CharField(
        pgettext_lazy("kind", "type"),
        max_length=50,
        choices=ConversationType,
        default=ConversationType.ONBOARDING,
        db_default=ConversationType.ONBOARDING,
    )
    previous_state = models.CharField(_("state before"), max_length=100, blank=True)
    state_data = models.JSONField(_("data"), default=dict, blank=True)
    completion_percentage = models.PositiveSmallIntegerField(
        _("completion"), default=0, db_default=0, help_text="0..100"
    )
    is_completed = models.BooleanField(_("completed"), default=False, db_default=False)
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, db_default=Now())
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    duration_seconds = models.GeneratedField(
        expression=models.Func(
            F("completed_at"),
            F("entered_at"),
            template="floor(extract(epoch from %(expressions)s))::integer",
            arg_joiner=" - ",
        ),
        output_field=models.IntegerField(),
        db_persist=True,
        verbose_name=_("duration"),
        help_text=_("Whole seconds."),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("state of a conversation")
        verbose_name_plural = _("states of conversations")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "conversation"],
                condition=Q(is_completed=False),
                name="conversations_conversationstate_one_present",
            ),
            one_of(STATES, "state_type", ConversationType),
            *between(STATES, 0, 100, "completion_percentage"),
            models.CheckConstraint(
                condition=Q(is_completed=True, completed_at__isnull=False)
                | Q(is_completed=False, completed_at__isnull=True),
                name="conversations_conversationstate_completed_at",
            ),
            ordered(STATES, "entered_at", "completed_at"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "conversation", "entered_at"],
                name="conversations_state_entered",
            ),
            models.Index(
                fields=["workspace", "state_name", "is_completed"],
                name="conversations_state_name",
            ),
        ]

    def __str__(self) -> str:
        return self.state_name


class AgentInteraction(TenantModel):
    """One call of an agent, as the machine that made it wrote it down."""

    class InteractionType(models.TextChoices):
        ROUTING = "routing", _("routing")
        ANALYSIS = "analysis", _("analysis")
        GENERATION = "generation", _("generation")
        TOOL_CALL = "tool_call", _("call of a tool")
        HANDOFF = "handoff", _("handoff")
        SYNTHESIS = "synthesis", _("synthesis")

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="conversation__user", erasure=Erasure.DELETE),
    )

    conversation = TenantForeignKey(
        "conversations.Conversation",
        on_delete=models.CASCADE,
        related_name="agent_interactions",
        db_index=False,
        verbose_name=_("conversation"),
    )
    agent_name = models.CharField(_("agent"), max_length=100)
    agent_type = models.CharField(_("kind of agent"), max_length=50, choices=AgentType)
    agent_version = models.CharField(_("version"), max_length=50, blank=True)
    interaction_type = models.CharField(
        pgettext_lazy("kind", "type"), max_length=50, choices=InteractionType
    )
    input_data = models.JSONField(_("input"), default=dict, blank=True)
    output_data = models.JSONField(_("output"), default=dict, blank=True)
    execution_time_ms = models.PositiveIntegerField(
        _("execution time"), null=True, blank=True, help_text=_("Milliseconds.")
    )
    success = models.BooleanField(_("succeeded"), default=True, db_default=True)
    error_message = models.TextField(_("error"), blank=True)
    confidence_score = models.FloatField(_("confidence"), null=True, blank=True, help_text="0..1")
    tokens_consumed = models.PositiveIntegerField(_("tokens"), null=True, blank=True)
    api_calls_made = models.PositiveIntegerField(_("API calls"), null=True, blank=True)
    cost_incurred = models.DecimalField(
        _("cost"),
        max_digits=14,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("US dollars."),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("agent interaction")
        verbose_name_plural = _("agent interactions")
        constraints = [
            one_of(INTERACTIONS, "agent_type", AgentType),
            one_of(
                INTERACTIONS,
                "interaction_type",
                ["routing", "analysis", "generation", "tool_call", "handoff", "synthesis"],
            ),
            *between(INTERACTIONS, 0, 1, "confidence_score"),
            *not_negative(
                INTERACTIONS,
                "execution_time_ms",
                "tokens_consumed",
                "api_calls_made",
                "cost_incurred",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "agent_name", "-created_at"],
                name="conversations_agent_name",
            ),
            models.Index(
                fields=["workspace", "conversation", "created_at"],
                name="conversations_agent_conv",
            ),
            models.Index(fields=["workspace", "-id"], name="conversations_agent_newest"),
            models.Index(fields=["workspace", "-created_at"], name="conversations_agent_recent"),
            # Roll-ups ask for what came in lately, of all workspaces.
            models.Index(fields=["created_at"], name="conversations_agent_created"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_name}: {self.get_interaction_type_display()}"
