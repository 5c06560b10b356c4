from django.urls import path

from analytics.api import views

api_routes = [("traffic", views.TrafficViewSet, "traffic")]
api_paths = [path("funnel/", views.FunnelView.as_view(), name="funnel")]
