"""A page's versions: the list, two of them side by side, and going back."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from builder import editing, side_by_side, versioning
from builder.models import Project, VersionHistory, Wireframe
from builder.studio import drawing
from builder.studio.access import may_edit, member, project_of

PER_PAGE = 20


@require_safe
@member
def versions(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """The versions of the page `?page=`, the newest first; `?before=` goes on."""
    project = project_of(request, project_id)
    page = _page(project, request.GET.get("page", ""))
    rows = VersionHistory.objects.of(page).defer("data").select_related("user")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 10:
        rows = rows.filter(version_number__lt=int(before))
    found = list(rows.order_by("-version_number")[: PER_PAGE + 1])
    context = {
        "project": project,
        "page": page,
        "versions": found[:PER_PAGE],
        "older": found[PER_PAGE - 1].version_number if len(found) > PER_PAGE else None,
        "may_edit": may_edit(request, project),
        "goes_on": bool(before),
    }
    return render(request, "studio/versions.html", context)


@require_safe
@member
def compare(request: HttpRequest, project_id: uuid.UUID, key: str, number: int) -> HttpResponse:
    """A version of a page beside what it is now, and what differs in words."""
    project = project_of(request, project_id)
    page = _page(project, key)
    one, two = _version(page, number), _version(page, page.version)
    context = {
        "project": project,
        "page": page,
        "one": one,
        "two": two,
        "changes": versioning.changes(one, two),
        "may_edit": may_edit(request, project),
    }
    return render(request, "studio/compare.html", context)


@require_safe
@member
def version_picture(
    request: HttpRequest, project_id: uuid.UUID, key: str, number: int
) -> HttpResponse:
    """The page as it was at a version, for a frame; what differs from now is marked."""
    project = project_of(request, project_id)
    page = _page(project, key)
    version = _version(page, number)
    site = side_by_side.then(project=project, version=version)
    if not site.is_right(key):
        text = _("This version cannot be shown: it has a section that is no longer known.")
        drawn = drawing.Drawing(html=f"<!doctype html><title>-</title><p>{text}</p>")
        return drawing.still(request, drawn, workspace_id=None)
    beside = request.GET.get("beside", "")
    marked: frozenset[str] = frozenset()
    if beside.isdecimal() and len(beside) < 10:
        other = side_by_side.then(project=project, version=_version(page, int(beside)))
        marked = side_by_side.differing(site, other, key)
    sheets: list[str] = []

    def address_of(css: str) -> str:
        sheets.append(css)
        return drawing.STYLESHEET

    html = side_by_side.render(site=site, key=key, marked=marked, address_of=address_of)
    drawn = drawing.Drawing(html=html, css=sheets[0])
    return drawing.still(request, drawn, workspace_id=project.workspace_id)


@require_POST
@member
def revert(request: HttpRequest, project_id: uuid.UUID, key: str, number: int) -> HttpResponse:
    """Make a page what it was at a version."""
    project = project_of(request, project_id, edits=True)
    try:
        versioning.revert(entity=_page(project, key), number=number)
    except versioning.VersionError as error:
        context = {"project": project, "faults": error.faults, "page": _page(project, key)}
        return render(request, "studio/refused.html", context, status=422)
    return redirect(f"{reverse('studio:editor', args=[project.pk])}?page={key}")


def _page(project: Project, key: str) -> Wireframe:
    found = editing.page_of(project, key)
    if found is None:
        raise Http404
    return found


def _version(page: Wireframe, number: int) -> VersionHistory:
    rows = VersionHistory.objects.of(page).select_related("user")
    found = rows.filter(version_number=min(number, 2**31 - 1)).first()
    if found is None:
        raise Http404
    return found
