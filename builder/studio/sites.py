"""Where one starts: the sites that one works on, and the workspace that one works in."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from accounts.models import EDITORS
from accounts.tenancy.resolution import SESSION_KEY
from builder import projects, trash
from builder.studio import drawing
from builder.studio.access import (
    may_remove,
    member,
    person_of,
    project_of,
    projects_of,
    tenancy_of,
)

MOST = 60


@require_safe
@member
def sites(request: HttpRequest) -> HttpResponse:
    """The projects that the person sees, the last changed first; `?q=` looks for a name."""
    wanted = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = projects_of(request).prefetch_related("addresses", "domains")
    if wanted:
        found = found.filter(name__icontains=wanted)
    rows = list(found.order_by("-updated_at")[:MOST])
    for row in rows:
        row.address = projects.site_url(project=row)  # type: ignore[attr-defined]
        row.may_remove = may_remove(request, row)  # type: ignore[attr-defined]
    tenancy = tenancy_of(request)
    context = {
        "projects": rows,
        "wanted": wanted,
        "tenancy": tenancy,
        "workspace": next(each for each in tenancy.choices if each.slug == tenancy.slug),
        "may_make": tenancy.role in EDITORS,
        "bin_days": settings.BIN_DAYS,
    }
    name = "studio/sites_list.html" if request.headers.get("HX-Request") else "studio/sites.html"
    return render(request, name, context)


@require_POST
@member
def choose_workspace(request: HttpRequest) -> HttpResponse:
    """Turn the studio to another of the person's workspaces; an unknown one changes nothing."""
    wanted = request.POST.get("workspace", "")
    if wanted in {choice.slug for choice in tenancy_of(request).choices}:
        request.session[SESSION_KEY] = wanted
    return redirect("studio:sites")


@require_safe
@member
def picture(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """The project's home page as it stands, for a small frame."""
    project = project_of(request, project_id)
    try:
        drawn = drawing.draw(
            drawing.draft_of(project), key=drawing.home_key(project), language=project.language
        )
    except drawing.UnknownPageError as error:
        raise Http404 from error
    return drawing.still(request, drawn, workspace_id=project.workspace_id, seconds=60)


@require_POST
@member
def remove(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """Put a project into the bin."""
    project = project_of(request, project_id)
    if not may_remove(request, project):
        raise Http404
    trash.put(project=project, by=person_of(request), now=timezone.now())
    return redirect("studio:sites")


def language() -> str:
    """The reader's language, by its two letters."""
    return (get_language() or "en")[:2]
