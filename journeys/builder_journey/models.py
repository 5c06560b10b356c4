"""The way of the people who build: from a template to a live site (document 000, section 2)."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    TenantForeignKey,
    TenantModel,
    User,
    Workspace,
    between,
    not_negative,
    one_of,
    uuid7,
)
from accounts.models.base import UUIDv7

TABLE = "journeys_userjourneytracking"
# Each milestone that has a time, and the time that it has.
MILESTONES = {
    "template_selected": "template_selected_at",
    "customization_started": "first_customization_at",
    "workflow_connected": "first_workflow_connected_at",
    "site_published": "site_published_at",
    "magic_moment_achieved": "magic_moment_achieved_at",
}
COUNTS = ("customization_count", "ai_requests_count", "components_added", "workflows_created")


class MinutesBetween(Func):
    """Minutes from the first time to the second; null while one of them is not known."""

    template = "(extract(epoch from (%(expressions)s)) / 60.0)::double precision"
    arg_joiner = " - "
    output_field = models.FloatField()

    def __init__(self, first: str, last: str, **extra: Any) -> None:
        super().__init__(last, first, **extra)


def _agree(milestone: str, time: str) -> models.CheckConstraint:
    """A milestone is reached exactly where its time is known."""
    return models.CheckConstraint(
        condition=Q(**{milestone: True, f"{time}__isnull": False})
        | Q(**{milestone: False, f"{time}__isnull": True}),
        name=f"{TABLE}_{milestone}",
    )


def _after_start(time: str) -> models.CheckConstraint:
    """Nothing is reached before the journey has begun."""
    return models.CheckConstraint(
        condition=Q(**{f"{time}__isnull": True}) | Q(**{f"{time}__gte": F("journey_started_at")}),
        name=f"{TABLE}_{time}_order",
    )


class JourneyQuerySet(models.QuerySet["UserJourneyTracking"]):
    def under_way(self) -> "JourneyQuerySet":
        """Journeys that have not come to their magic moment."""
        return self.filter(magic_moment_achieved=False)


class UserJourneyTracking(TenantModel):
    """How one person brought one project from its template to a live site.

    What colleagues do in the same project is not counted: the journey is its user's. The magic
    moment is when the site is live and one of its components starts a workflow, whichever comes
    last. Nothing is recorded of a person who does not consent to analytics.
    """

    class CompletionQuality(models.TextChoices):
        EXCELLENT = "excellent", _("excellent")
        GOOD = "good", _("good")
        AVERAGE = "average", _("average")
        POOR = "poor", _("poor")

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="journeys", verbose_name=_("user")
    )
    session_id = models.UUIDField(
        _("session"),
        default=uuid7,
        help_text=_("The builder's session in which it began, or an id of its own."),
    )
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="journeys",
        verbose_name=_("project"),
    )
    template = TenantForeignKey(
        "builder.Template",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="journeys",
        verbose_name=_("template"),
    )

    journey_started_at = models.DateTimeField(_("started at"))
    template_selected_at = models.DateTimeField(_("template selected at"), null=True, blank=True)
    first_customization_at = models.DateTimeField(_("first customized at"), null=True, blank=True)
    first_workflow_connected_at = models.DateTimeField(
        _("first workflow connected at"), null=True, blank=True
    )
    site_published_at = models.DateTimeField(_("site published at"), null=True, blank=True)
    magic_moment_achieved_at = models.DateTimeField(_("magic moment at"), null=True, blank=True)

    template_selected = models.BooleanField(_("template selected"), default=False)
    customization_started = models.BooleanField(_("customization started"), default=False)
    first_component_added = models.BooleanField(_("first component added"), default=False)
    ai_customization_used = models.BooleanField(_("AI customization used"), default=False)
    workflow_connected = models.BooleanField(_("workflow connected"), default=False)
    site_previewed = models.BooleanField(_("site previewed"), default=False)
    site_published = models.BooleanField(_("site published"), default=False)
    magic_moment_achieved = models.BooleanField(_("magic moment"), default=False)

    total_time_minutes = models.GeneratedField(
        expression=MinutesBetween("journey_started_at", "site_published_at"),
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("total time"),
        help_text=_("Minutes from the start to the first live site."),
    )
    customization_count = models.PositiveIntegerField(_("customizations"), default=0, db_default=0)
    ai_requests_count = models.PositiveIntegerField(_("AI requests"), default=0, db_default=0)
    components_added = models.PositiveIntegerField(_("components added"), default=0, db_default=0)
    workflows_created = models.PositiveIntegerField(
        _("workflows connected"), default=0, db_default=0
    )

    final_quality_score = models.FloatField(
        _("final quality"),
        null=True,
        blank=True,
        help_text="0..100",
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    user_satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"),
        null=True,
        blank=True,
        help_text="1..10",
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    completion_quality = models.CharField(
        _("completion quality"), max_length=10, choices=CompletionQuality, blank=True
    )
    pain_points = models.JSONField(
        _("pain points"), default=list, blank=True, help_text=_("A list of texts.")
    )
    success_factors = models.JSONField(
        _("success factors"), default=list, blank=True, help_text=_("A list of texts.")
    )
    final_template_config = models.JSONField(
        _("final configuration"),
        default=dict,
        blank=True,
        help_text=_("The template as it was when the site went live."),
    )

    objects = JourneyQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "project", "user"], name=f"{TABLE}_once"),
            *(_agree(milestone, time) for milestone, time in MILESTONES.items()),
            *(_after_start(time) for time in MILESTONES.values()),
            *not_negative(TABLE, *COUNTS),
            *between(TABLE, 0, 100, "final_quality_score"),
            *between(TABLE, 1, 10, "user_satisfaction"),
            one_of(TABLE, "completion_quality", ["", "excellent", "good", "average", "poor"]),
            models.CheckConstraint(
                condition=Q(magic_moment_achieved=False)
                | Q(site_published=True, workflow_connected=True),
                name=f"{TABLE}_magic_moment_whole",
            ),
            models.CheckConstraint(
                condition=~Q(first_component_added=True) | Q(components_added__gte=1),
                name=f"{TABLE}_first_component",
            ),
            models.CheckConstraint(
                condition=~Q(ai_customization_used=True) | Q(ai_requests_count__gte=1),
                name=f"{TABLE}_ai_used",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "user", "-journey_started_at"], name="journeys_journey_user"
            ),
            models.Index(
                fields=["workspace", "template", "created_at"], name="journeys_journey_template"
            ),
            models.Index(fields=["workspace", "-created_at"], name="journeys_journey_created"),
            models.Index(
                fields=["workspace", "-journey_started_at"], name="journeys_journey_started"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey_started_at:%Y-%m-%d %H:%M}"


class JourneyEventType(models.TextChoices):
    TEMPLATE_SELECTED = "template_selected", _("template selected")
    CUSTOMIZED = "customized", _("customized")
    COMPONENT_ADDED = "component_added", _("component added")
    AI_REQUESTED = "ai_requested", _("AI asked")
    WORKFLOW_CONNECTED = "workflow_connected", _("workflow connected")
    SITE_PREVIEWED = "site_previewed", _("site previewed")
    SITE_PUBLISHED = "site_published", _("site published")
    MAGIC_MOMENT = "magic_moment", _("magic moment")


class JourneyEvent(models.Model):
    """One step of a journey. Partitioned by month of `timestamp`; nothing points at it."""

    Type = JourneyEventType

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="journey__user", erasure=Erasure.DELETE),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUIDv7(), editable=False)
    # Held by the composite key below, which leads to a journey of a workspace that exists.
    workspace = models.ForeignKey(
        Workspace,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
        editable=False,
        verbose_name=_("workspace"),
    )
    journey = TenantForeignKey(
        UserJourneyTracking,
        on_delete=models.CASCADE,
        related_name="events",
        db_index=False,
        verbose_name=_("journey"),
    )
    timestamp = models.DateTimeField(_("time"))
    event_type = models.CharField(_("type"), max_length=50, choices=JourneyEventType)
    event_data = models.JSONField(_("details"), default=dict, blank=True)
    duration = models.PositiveIntegerField(
        _("duration"), null=True, blank=True, help_text=_("Milliseconds.")
    )
    success = models.BooleanField(_("succeeded"), default=True, db_default=True)
    error_message = models.TextField(_("error"), blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("journey event")
        verbose_name_plural = _("journey events")
        constraints = [
            one_of("journeys_journeyevent", "event_type", JourneyEventType),
            *not_negative("journeys_journeyevent", "duration"),
            models.CheckConstraint(
                condition=~Q(success=True) | Q(error_message=""),
                name="journeys_journeyevent_error_message",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "id"], name="journeys_journeyevent_newest"),
            models.Index(
                fields=["workspace", "journey", "timestamp"], name="journeys_journeyevent_journey"
            ),
            models.Index(
                fields=["workspace", "event_type", "timestamp"], name="journeys_journeyevent_type"
            ),
            models.Index(fields=["workspace", "timestamp"], name="journeys_journeyevent_time"),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} ({self.timestamp:%Y-%m-%d %H:%M:%S})"

    def clean(self) -> None:
        """Raise DetailsError where the details are not those of the type."""
        from journeys.builder_journey.details import check_details

        check_details(event_type=self.event_type, details=self.event_data)
