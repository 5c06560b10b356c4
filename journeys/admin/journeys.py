"""Builders' journeys: milestones as a timeline, scores as bars."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter

from accounts.admin.base import ReadOnlyConsolePage, readable_json
from accounts.admin.figures import bar, bar_column, number
from accounts.admin.links import related_link
from journeys.admin.tables import NOTHING, moment, small_table
from journeys.builder_journey.models import MILESTONES, JourneyEvent, UserJourneyTracking

# A journey is to take half an hour at most.
GOAL_MINUTES = 30
SHOWN_EVENTS = 50


@admin.register(UserJourneyTracking)
class JourneyPage(ReadOnlyConsolePage):
    list_display = [
        "project_link",
        "user_link",
        "journey_started_at",
        "shown_progress",
        "shown_minutes",
        "shown_quality",
        "user_satisfaction",
    ]
    list_filter = [
        "site_published",
        "magic_moment_achieved",
        "completion_quality",
        ("journey_started_at", RangeDateTimeFilter),
    ]
    list_select_related = ["project", "user"]
    search_fields = ["project__name", "user__email"]
    project_link = related_link("project")
    user_link = related_link("user")
    shown_quality = bar_column("final_quality_score", 100, description=_("final quality"))
    fieldsets = (
        (None, {"fields": ["project", "user", "template", "session_id"]}),
        (_("timeline"), {"fields": ["shown_timeline", "shown_minutes", "shown_events"]}),
        (
            _("figures"),
            {
                "fields": [
                    "customization_count",
                    "components_added",
                    "ai_requests_count",
                    "workflows_created",
                    "first_component_added",
                    "ai_customization_used",
                    "site_previewed",
                ]
            },
        ),
        (
            _("quality"),
            {
                "fields": [
                    "shown_quality",
                    "user_satisfaction",
                    "completion_quality",
                    "shown_pain_points",
                    "shown_success_factors",
                    "shown_configuration",
                ]
            },
        ),
    )
    readonly_fields = [
        "shown_timeline",
        "shown_minutes",
        "shown_events",
        "shown_quality",
        "shown_pain_points",
        "shown_success_factors",
        "shown_configuration",
    ]

    @admin.display(description=_("milestones"))
    def shown_progress(self, journey: UserJourneyTracking) -> SafeString:
        """How many of the milestones are reached."""
        reached = sum(bool(getattr(journey, milestone)) for milestone in MILESTONES)
        return bar(reached, len(MILESTONES), f"{reached}/{len(MILESTONES)}")

    @admin.display(description=_("minutes to the live site"), ordering="total_time_minutes")
    def shown_minutes(self, journey: UserJourneyTracking) -> SafeString:
        minutes = journey.total_time_minutes
        return NOTHING if minutes is None else bar(minutes, GOAL_MINUTES, number(minutes))

    @admin.display(description=_("timeline"))
    def shown_timeline(self, journey: UserJourneyTracking) -> SafeString:
        """The milestones in the order in which they were reached, and minutes from the start."""
        labels: dict[str, Any] = {field.name: field.verbose_name for field in journey._meta.fields}
        times = [("journey_started_at", labels["journey_started_at"])]
        times += [(time, labels[name]) for name, time in MILESTONES.items()]
        reached = sorted(
            (getattr(journey, time), label) for time, label in times if getattr(journey, time)
        )
        waiting = [(None, label) for time, label in times if not getattr(journey, time)]
        return small_table(
            [_("milestone"), _("time"), _("minutes")],
            [(label, moment(at), self._minutes(journey, at)) for at, label in [*reached, *waiting]],
        )

    @admin.display(description=_("steps"))
    def shown_events(self, journey: UserJourneyTracking) -> SafeString:
        """The latest steps, the newest first."""
        events = journey.events.filter(workspace_id=journey.workspace_id)
        return small_table(
            [_("time"), _("step"), _("error")],
            [
                (moment(event.timestamp), event.get_event_type_display(), event.error_message)
                for event in events.order_by("-timestamp")[:SHOWN_EVENTS]
            ],
        )

    @admin.display(description=_("pain points"))
    def shown_pain_points(self, journey: UserJourneyTracking) -> SafeString:
        return readable_json(journey.pain_points)

    @admin.display(description=_("success factors"))
    def shown_success_factors(self, journey: UserJourneyTracking) -> SafeString:
        return readable_json(journey.success_factors)

    @admin.display(description=_("final configuration"))
    def shown_configuration(self, journey: UserJourneyTracking) -> SafeString:
        return readable_json(journey.final_template_config)

    @staticmethod
    def _minutes(journey: UserJourneyTracking, at: Any) -> str:
        if at is None:
            return str(NOTHING)
        return number((at - journey.journey_started_at).total_seconds() / 60)


@admin.register(JourneyEvent)
class JourneyEventPage(ReadOnlyConsolePage):
    big = True
    window_field = "timestamp"
    list_display = ["shown_type", "project_link", "timestamp", "duration", "success"]
    list_filter = ["event_type", "success"]
    list_select_related = ["journey__project"]
    search_fields = ["=journey__project__name"]
    search_help_text = _("A project's name, whole.")
    exclude = ["event_data"]
    readonly_fields = ["shown_data"]
    project_link = related_link("journey__project")

    @admin.display(description=_("type"), ordering="event_type")
    def shown_type(self, event: JourneyEvent) -> str:
        return str(event.get_event_type_display())

    @admin.display(description=_("details"))
    def shown_data(self, event: JourneyEvent) -> SafeString:
        return readable_json(event.event_data)
