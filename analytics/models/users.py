"""A user's days with the consultant."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Erasure, PersonalData, TenantModel, between, not_negative

TABLE = "analytics_useranalytics"
COUNTS = (
    "sessions_count",
    "total_conversation_time_minutes",
    "messages_sent",
    "messages_received",
    "business_insights_generated",
    "actionable_recommendations",
    "marketing_strategies_created",
    "perplexity_api_calls",
    "seranking_api_calls",
    "openai_tokens_used",
    "feedback_provided",
    "positive_feedback_count",
    "successful_interactions",
    "failed_interactions",
)


def _count(
    name: str | object, help_text: str | object = ""
) -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(name, default=0, db_default=0, help_text=help_text)  # type: ignore[arg-type]


class UserAnalytics(TenantModel):
    """One day (of the workspace) of one user; only for users who consent to analytics."""

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("user"),
    )
    date = models.DateField(_("day"), help_text=_("Of the workspace's time zone."))
    week_start = models.DateField(
        _("first day of the week"), help_text=_("As the workspace's weeks begin.")
    )
    month_start = models.GeneratedField(
        expression=models.Func(
            F("date"),
            template=(
                "make_date(extract(year from %(expressions)s)::integer, "
                "extract(month from %(expressions)s)::integer, 1)"
            ),
        ),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("first day of the month"),
    )
    sessions_count = _count(_("sessions"), _("Conversations with a message that day."))
    total_conversation_time_minutes = _count(
        _("time in conversations"), _("Minutes from the first message to the last.")
    )
    messages_sent = _count(_("messages sent"))
    messages_received = _count(_("messages received"))
    onboarding_progress = models.PositiveSmallIntegerField(
        _("onboarding"), default=0, db_default=0, help_text="0..100"
    )
    agents_interacted_with = models.JSONField(_("agents"), default=list, blank=True)
    features_used = models.JSONField(_("features used"), default=list, blank=True)
    business_insights_generated = _count(_("insights"))
    actionable_recommendations = _count(_("recommendations"))
    marketing_strategies_created = _count(_("strategies"))
    perplexity_api_calls = _count(_("Perplexity calls"))
    seranking_api_calls = _count(_("SE Ranking calls"))
    openai_tokens_used = _count(_("OpenAI tokens"))
    total_api_cost_usd = models.DecimalField(
        _("API cost"),
        max_digits=14,
        decimal_places=6,
        default=0,
        db_default=0,
        help_text=_("US dollars."),
    )
    average_satisfaction_score = models.FloatField(
        _("satisfaction"), null=True, blank=True, help_text="1..10"
    )
    feedback_provided = _count(_("feedback given"))
    positive_feedback_count = _count(_("positive feedback"))
    average_response_time_ms = models.FloatField(
        _("average response time"), null=True, blank=True, help_text=_("Milliseconds.")
    )
    successful_interactions = _count(_("interactions that succeeded"))
    failed_interactions = _count(_("interactions that failed"))
    estimated_time_saved_hours = models.FloatField(
        _("time saved"), default=0, db_default=0, help_text=_("Hours, estimated.")
    )
    marketing_roi_improvement = models.FloatField(
        _("improvement of return on investment"), null=True, blank=True
    )
    cost_savings_estimated_usd = models.DecimalField(
        _("cost saved"),
        max_digits=14,
        decimal_places=6,
        default=0,
        db_default=0,
        help_text=_("US dollars, estimated."),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("user analytics")
        verbose_name_plural = _("user analytics")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user", "date"], name="analytics_useranalytics_day"
            ),
            # Which weekday a week begins with is the workspace's word, which no check can read.
            models.CheckConstraint(
                condition=Q(
                    week_start__lte=F("date"),
                    date__lt=F("week_start") + Value(datetime.timedelta(days=7)),
                ),
                name="analytics_useranalytics_week_start",
            ),
            *between(TABLE, 0, 100, "onboarding_progress"),
            *between(TABLE, 1, 10, "average_satisfaction_score"),
            *between(TABLE, 0, None, "average_response_time_ms", "estimated_time_saved_hours"),
            *between(TABLE, -1, None, "marketing_roi_improvement"),
            *not_negative(TABLE, *COUNTS, "total_api_cost_usd", "cost_savings_estimated_usd"),
            models.CheckConstraint(
                condition=Q(feedback_provided__gte=F("positive_feedback_count")),
                name="analytics_useranalytics_positive_of_all",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "date"], name="analytics_user_date"),
            models.Index(fields=["workspace", "week_start"], name="analytics_user_week"),
            models.Index(fields=["workspace", "month_start"], name="analytics_user_month"),
            models.Index(fields=["workspace", "-id"], name="analytics_user_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.date}"
