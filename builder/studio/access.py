"""Who may do what in the studio, and what its pages may load and run."""

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Protocol

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from accounts.models import ADMINS, EDITORS, Role, User, Workspace
from accounts.tenancy.resolution import Tenancy
from builder.models import Project, ProjectCollaborator

# Scripts and styles are files of ours; a page of a site is in a frame of another origin.
POLICY: Final[dict[str, Any]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:", "https:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [NONE],
}
# A page with its translations; the API takes as much.
MAX_BODY: Final = 2_500_000
COMMENTERS: Final = frozenset({*EDITORS, Role.ANALYST})


class View(Protocol):
    def __call__(self, request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse: ...


class BadBodyError(Exception):
    """A request's body is no JSON object, or too large."""


def tenancy_of(request: HttpRequest) -> Tenancy:
    tenancy: Tenancy = request.tenancy  # type: ignore[attr-defined]
    return tenancy


def workspace_of(request: HttpRequest) -> Workspace:
    """The workspace that the request is about; `member` has let no other request through."""
    workspace_id = tenancy_of(request).workspace_id
    if workspace_id is None:
        raise PermissionDenied
    return Workspace.objects.get(pk=workspace_id)


def person_of(request: HttpRequest) -> User:
    """The signed-in person; `member` has let nobody else through."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def member(view: Callable[..., HttpResponse]) -> View:
    """Let members of a workspace in, under the studio's policy; others are shown where to go."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if tenancy_of(request).workspace_id is None:
            return render(request, "studio/no_workspace.html", status=403)
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return csp(POLICY)(guarded)  # type: ignore[return-value]


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    wants_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "*/*")
    if wants_page or request.headers.get("Accept", "*/*") == "*/*":
        return redirect_to_login(request.get_full_path())
    return JsonResponse(
        {"detail": _("You are signed out. Sign in again in another tab.")}, status=401
    )


def projects_of(request: HttpRequest) -> QuerySet[Project]:
    """The workspace's projects, and those of others that the person was asked to work on."""
    tenancy = tenancy_of(request)
    asked = ProjectCollaborator.objects.filter(user=person_of(request))
    mine = Q(workspace_id=tenancy.workspace_id) | Q(pk__in=asked.values("project_id"))
    return Project.objects.standing().filter(mine)


def project_of(request: HttpRequest, project_id: uuid.UUID, *, edits: bool = False) -> Project:
    """A project that the person sees. Raises `Http404`, and `PermissionDenied` for one that they
    see and may not edit where the request `edits`.
    """
    found = projects_of(request).select_related("current_sitemap").filter(pk=project_id).first()
    if found is None:
        raise Http404
    if edits and not may_edit(request, found):
        raise PermissionDenied
    return found


def may_edit(request: HttpRequest, project: Project) -> bool:
    """Whether the person may change the project's documents: the workspace's editors, and guests
    who were asked to edit.
    """
    tenancy = tenancy_of(request)
    if project.workspace_id == tenancy.workspace_id:
        return tenancy.role in EDITORS
    asked = ProjectCollaborator.objects.filter(project=project, user=person_of(request))
    return asked.filter(role=ProjectCollaborator.Role.EDITOR).exists()


def may_publish(request: HttpRequest, project: Project) -> bool:
    """Whether the person may change what visitors see: editors of the project's own workspace."""
    tenancy = tenancy_of(request)
    return project.workspace_id == tenancy.workspace_id and tenancy.role in EDITORS


def may_remove(request: HttpRequest, project: Project) -> bool:
    """Whether the person may put the project into the bin: admins, and whoever owns it."""
    tenancy = tenancy_of(request)
    if project.workspace_id != tenancy.workspace_id:
        return False
    return tenancy.role in ADMINS or tenancy.user_id == project.owner_id


def may_comment(request: HttpRequest, project: Project) -> bool:
    tenancy = tenancy_of(request)
    if project.workspace_id == tenancy.workspace_id:
        return tenancy.role in COMMENTERS
    return may_edit(request, project)


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that a request brings. Raises `BadBodyError`."""
    if len(request.body) > MAX_BODY:
        raise BadBodyError(_("This is too large to be saved."))
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadBodyError(_("This cannot be read.")) from error
    if not isinstance(body, dict):
        raise BadBodyError(_("This cannot be read."))
    return body
