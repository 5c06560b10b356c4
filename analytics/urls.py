from django.urls import path

from analytics.api import figures, views

api_routes = [
    ("traffic", views.TrafficViewSet, "traffic"),
    ("performance-metrics", figures.PerformanceMetricsViewSet, "performance-metric"),
    ("workflow-analytics", figures.WorkflowAnalyticsViewSet, "workflow-analytic"),
    ("user-analytics", figures.UserAnalyticsViewSet, "user-analytic"),
    ("system-metrics", figures.SystemMetricsViewSet, "system-metric"),
]
api_paths = [path("funnel/", views.FunnelView.as_view(), name="funnel")]
