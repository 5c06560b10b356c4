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
        title=_("Overview"),
        board=board,
        workspace=workspace,
        traffic_chart=json.dumps(_traffic_chart(board.days)),
        answers_chart=json.dumps(_answers_chart(board.days)),
        chart_options=json.dumps(CHART_OPTIONS),
        empty=not any(figure.value for figure in board.figures),
    )
    return context


def _traffic_chart(days: list[dashboard.DayCounts]) -> dict[str, Any]:
    visits = _series(_("Visits"), [day.visits for day in days], STRONG)
    visitors = _series(_("Visitors"), [day.visitors for day in days], SOFT)
    # Dashed, and drawn above: the two lines are often one.
    return _chart(days, [visitors | {"borderDash": [5, 4]}, visits])


def _answers_chart(days: list[dashboard.DayCounts]) -> dict[str, Any]:
    forms = _series(_("Forms sent"), [day.submissions for day in days], SOFT)
    leads = _series(_("Leads"), [day.leads for day in days], STRONG)
    return _chart(days, [forms, leads])


def _chart(days: list[dashboard.DayCounts], series: list[dict[str, Any]]) -> dict[str, Any]:
    return {"labels": [date_format(day.day, "j M") for day in days], "datasets": series}


def _series(label: str, data: list[int], color: str) -> dict[str, Any]:
    return {
        "label": label,
        "data": data,
        "borderColor": color,
        "backgroundColor": color,
        "borderWidth": 2.5,
    }


STRONG = "var(--color-primary-600)"
SOFT = "var(--color-base-400)"

CHART_OPTIONS = {
    "responsive": True,
    "maintainAspectRatio": False,
    "interaction": {"mode": "index", "intersect": False},
    # Monotone: a smooth line must not dip below what was counted.
    "elements": {
        "point": {"radius": 0, "hoverRadius": 4},
        "line": {"cubicInterpolationMode": "monotone"},
    },
    "plugins": {
        "legend": {
            "display": True,
            "align": "end",
            "labels": {"usePointStyle": True, "pointStyle": "line", "boxHeight": 6},
        }
    },
    "scales": {
        "x": {
            "grid": {"display": False},
            "ticks": {"autoSkip": True, "autoSkipPadding": 14, "maxRotation": 0},
        },
        "y": {"beginAtZero": True, "border": {"display": False}, "ticks": {"precision": 0}},
    },
}
