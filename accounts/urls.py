from django.urls import path

from accounts.api import people, privacy, views

api_routes = [
    ("privacy/exports", privacy.DataExportViewSet, "data-export"),
    ("privacy/erasures", privacy.ErasureViewSet, "erasure"),
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
api_paths = [
    path("privacy/receipts/key/", privacy.ReceiptKeyView.as_view(), name="privacy-receipt-key"),
    path("privacy/receipts/<str:token>/", privacy.ReceiptView.as_view(), name="privacy-receipt"),
    path("me/", people.MeView.as_view(), name="me"),
    path("me/onboarding/", people.OnboardingView.as_view(), name="me-onboarding"),
    path("workspaces/", views.NewWorkspaceView.as_view(), name="workspace-new"),
]
