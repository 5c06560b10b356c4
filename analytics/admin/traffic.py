from django.contrib import admin

from accounts.admin.base import ReadOnlyConsolePage
from analytics.models import TrafficRollup


@admin.register(TrafficRollup)
class TrafficPage(ReadOnlyConsolePage):
    list_display = [
        "project",
        "granularity",
        "bucket_start",
        "visits",
        "visitors",
        "page_views",
        "submissions",
        "leads",
    ]
    list_filter = ["granularity"]
    list_select_related = ["project"]
    search_fields = ["project__name"]
    date_hierarchy = None
    ordering = ["-bucket_start"]
