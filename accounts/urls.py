from typing import Any

from django.urls import path

from accounts.api import people, privacy, views

api_routes = [
    ("workspace", views.CurrentWorkspaceViewSet, "workspace"),
    ("memberships", views.MembershipViewSet, "membership"),
    ("invitations", views.InvitationViewSet, "invitation"),
    ("api-keys", views.ApiKeyViewSet, "api-key"),
    ("credentials", views.CredentialViewSet, "credential"),
    ("audit-entries", views.AuditEntryViewSet, "audit-entry"),
    ("quotas", views.QuotaViewSet, "quota"),
    ("user-profiles", people.UserProfileViewSet, "user-profile"),
    ("cultural-contexts", people.CulturalContextViewSet, "cultural-context"),
    ("sessions", people.SessionViewSet, "session"),
]
LIST: dict[str, Any] = {"get": "list", "post": "create"}
RECORD: dict[str, Any] = {"get": "retrieve"}
EXPORTS, ERASURES = privacy.DataExportViewSet, privacy.ErasureViewSet
# People's own, whichever workspace they are in: not among the workspace's records above.
privacy_paths = [
    path("privacy/exports/", EXPORTS.as_view(LIST), name="data-export-list"),
    path("privacy/exports/<uuid:pk>/", EXPORTS.as_view(RECORD), name="data-export-detail"),
    path(
        "privacy/exports/<uuid:pk>/file/", EXPORTS.as_view({"get": "file"}), name="data-export-file"
    ),
    path("privacy/erasures/", ERASURES.as_view(LIST), name="erasure-list"),
    path("privacy/erasures/<uuid:pk>/", ERASURES.as_view(RECORD), name="erasure-detail"),
    path("privacy/receipts/key/", privacy.ReceiptKeyView.as_view(), name="privacy-receipt-key"),
    path("privacy/receipts/<str:token>/", privacy.ReceiptView.as_view(), name="privacy-receipt"),
]
api_paths = [
    *privacy_paths,
    path("me/", people.MeView.as_view(), name="me"),
    path("me/onboarding/", people.OnboardingView.as_view(), name="me-onboarding"),
    path("workspaces/", views.NewWorkspaceView.as_view(), name="workspace-new"),
]
