"""The console's first page (unfold's DASHBOARD_CALLBACK)."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Workspace
from analytics import dashboard


def dashboard_callback(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the dashboard of the workspace that the console looks at; superusers see them all."""
    tenancy = getattr(request, "tenancy", None)
    workspace = None
    if not request.user.is_superuser:
        workspace = Workspace.objects.get(pk=tenancy.workspace_id)  # type: ignore[union-attr]
    board = dashboard.build(workspace=workspace)
    context.update(
        board=board,
        workspace=workspace,
        traffic_chart=json.dumps(_traffic_chart(board.days)),
        traffic_options=json.dumps(CHART_OPTIONS),
        lead_chart=json.dumps(_lead_chart(board.days)),
        empty=not any(figure.value for figure in board.figures),
    )
    return context


def _traffic_chart(days: list[dashboard.DayCounts]) -> dict[str, Any]:
    return {
        "labels": _labels(days),
        "datasets": [
            {
                "label": _("Visits"),
                "data": [day.visits for day in days],
                "borderColor": "var(--color-primary-600)",
                "backgroundColor": "var(--color-primary-600)",
            },
            {
                "label": _("Visitors"),
                "data": [day.visitors for day in days],
                "borderColor": "var(--color-base-400)",
                "backgroundColor": "var(--color-base-400)",
            },
        ],
    }


def _lead_chart(days: list[dashboard.DayCounts]) -> dict[str, Any]:
    return {
        "labels": _labels(days),
        "datasets": [
            {
                "label": _("Leads"),
                "data": [day.leads for day in days],
                "backgroundColor": "var(--color-primary-600)",
            },
        ],
    }


def _labels(days: list[dashboard.DayCounts]) -> list[str]:
    return [date_format(day.day, "j M") for day in days]


CHART_OPTIONS = {
    "responsive": True,
    "maintainAspectRatio": False,
    "interaction": {"mode": "index", "intersect": False},
    "elements": {"point": {"radius": 0, "hoverRadius": 4}, "line": {"tension": 0.3}},
    "plugins": {"legend": {"display": True, "align": "end"}},
    "scales": {"y": {"beginAtZero": True}},
}
