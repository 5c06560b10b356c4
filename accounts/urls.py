from django.urls import path

from accounts.api import views

api_routes = [
    ("workspace", views.WorkspaceViewSet, "workspace"),
    ("memberships", views.MembershipViewSet, "membership"),
    ("api-keys", views.ApiKeyViewSet, "api-key"),
]
api_paths = [
    path("me/", views.MeView.as_view(), name="me"),
    path("workspaces/", views.NewWorkspaceView.as_view(), name="workspace-new"),
]
