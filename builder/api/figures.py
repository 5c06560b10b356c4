"""Figures of the builder's use, and for how many days they are asked."""

from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from accounts.api.filtering import BadParameterError, check_parameters
from builder.project_stats import ProjectStats
from builder.session_figures import DEFAULT_DAYS, MOST_DAYS, SessionAnalytics

DAYS: Final = OpenApiParameter(
    "days",
    {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": DEFAULT_DAYS},
    description="Of how many days, counted back from now.",
    examples=[],
)


def days_of(request: Request) -> int:
    """The days asked for, 1..366. Raises `BadParameterError`."""
    check_parameters(request, ["days"])
    asked = request.query_params.get("days", str(DEFAULT_DAYS))
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= MOST_DAYS):
        text = _("A number of days from 1 to %(most)s.") % {"most": MOST_DAYS}
        raise BadParameterError({"days": text})
    return int(asked)


class DayCountSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    count = serializers.IntegerField()


class SessionAnalyticsSerializer(serializers.Serializer[SessionAnalytics]):
    days = serializers.IntegerField()
    total_sessions = serializers.IntegerField()
    completed_sessions = serializers.IntegerField()
    cancelled_sessions = serializers.IntegerField()
    open_sessions = serializers.IntegerField()
    avg_duration = serializers.FloatField(
        allow_null=True, help_text="Seconds from start to end of those that have ended."
    )
    completion_rate = serializers.FloatField(
        allow_null=True, help_text="Completed of those that have ended, 0..1."
    )
    most_common_step = serializers.CharField(allow_null=True)
    sessions_per_day = serializers.FloatField()
    by_day = DayCountSerializer(many=True, help_text="UTC days with sessions begun, oldest first.")


class ProjectStatsSerializer(serializers.Serializer[ProjectStats]):
    days = serializers.IntegerField()
    pages = serializers.IntegerField()
    components = serializers.IntegerField()
    connectable_components = serializers.IntegerField()
    collaborators = serializers.IntegerField()
    releases = serializers.IntegerField()
    last_published_at = serializers.DateTimeField(allow_null=True)
    threads = serializers.IntegerField()
    open_threads = serializers.IntegerField()
    versions = serializers.IntegerField()
    editors = serializers.IntegerField()
    my_sessions = serializers.IntegerField()
    my_seconds = serializers.IntegerField()
    by_day = DayCountSerializer(many=True, help_text="UTC days with versions saved, oldest first.")
