"""The office's addresses: the API, its documents, sign-in, the console."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, include, path
from django.views.generic import RedirectView
from rest_framework.routers import SimpleRouter

from accounts import pages
from accounts.urls import api_paths as accounts_paths
from accounts.urls import api_routes as accounts_routes
from analytics.urls import api_paths as analytics_paths
from analytics.urls import api_routes as analytics_routes
from builder.urls import api_paths as builder_paths
from builder.urls import api_routes as builder_routes
from config import health
from config.api import documents
from conversations.urls import api_routes as conversations_routes
from experiments.urls import api_routes as experiments_routes
from journeys.urls import api_routes as journeys_routes
from personalization.urls import api_routes as personalization_routes

# Staff sign in where everyone does, so that the second factor is asked for.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

router = SimpleRouter()
for prefix, viewset, basename in [
    *accounts_routes,
    *builder_routes,
    *journeys_routes,
    *personalization_routes,
    *experiments_routes,
    *conversations_routes,
    *analytics_routes,
]:
    router.register(prefix, viewset, basename)

api: list[URLPattern] = [*accounts_paths, *builder_paths, *analytics_paths]

urlpatterns = [
    path("", pages.home, name="home"),
    path("console/workspace/", pages.choose_workspace, name="console-workspace"),
    # The console's own form would run as a tenant, who has no sight of passwords.
    path("console/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("console/", admin.site.urls),
    path("studio/", include("builder.studio.urls")),
    path("account/invitations/<str:token>/", pages.accept_invitation, name="invitation"),
    path("account/impersonation/", include("hijack.urls")),
    path("account/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include([*api, *router.urls])),
    path("api/schema/", documents.SchemaView.as_view(), name="schema"),
    path("api/docs/", documents.SwaggerView.as_view(), name="docs"),
    path("api/redoc/", documents.RedocView.as_view(), name="redoc"),
    path("livez", health.livez),
    path("readyz", health.readyz),
]

handler400 = "config.api.error_pages.bad_request"
handler403 = "config.api.error_pages.permission_denied"
handler404 = "config.api.error_pages.not_found"
handler500 = "config.api.error_pages.server_error"
