"""The console: what django-unfold shows around every page."""

from typing import Any

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Halfhour",
    "SITE_HEADER": "Halfhour",
    "SITE_SYMBOL": "timelapse",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "ENVIRONMENT": "config.console.environment_badge",
    "DASHBOARD_CALLBACK": "analytics.admin.first_page.dashboard_callback",
    "COLORS": {},
    "SIDEBAR": {"show_search": True, "show_all_applications": False, "navigation": []},
}
