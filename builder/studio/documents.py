"""A page's layout and the site's tokens as the editor's scripts read, draw and save them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from builder import documents, editing, storable, versioning
from builder.models import Project, StyleGuide, Wireframe
from builder.studio import drawing
from builder.studio.access import body_of, member, project_of
from builder.studio.answers import json_answers, refused, told


@require_http_methods(["GET", "HEAD", "PUT"])
@member
@json_answers
def layout(request: HttpRequest, project_id: uuid.UUID, key: str) -> Any:
    """A page's layout; PUT saves one: `layout`, the `revision` it stands on, a `name` to keep it
    by, or `aside` to keep it among the versions only.
    """
    project = project_of(request, project_id, edits=request.method == "PUT")
    if request.method != "PUT":
        return _page_told(_page(project, key))
    body = body_of(request)
    try:
        if body.get("aside") is True:
            page = editing.keep_aside(project=project, key=key, layout=body.get("layout"))
            return _page_told(page)
        page = editing.save_layout(
            project=project,
            key=key,
            layout=body.get("layout"),
            revision=str(body.get("revision", "")),
            name=_name(body),
        )
    except editing.StaleError as error:
        return _stale(error, _page_told(_page(project, key)))
    return {"revision": page.revision, "version": page.version}


@require_POST
@member
@json_answers
def draw(request: HttpRequest, project_id: uuid.UUID, key: str) -> Any:
    """The page with the `layout` and `style` that are sent, in `language`, kept nowhere.

    The stylesheet is left out where it is the one that `css` names.
    """
    project = project_of(request, project_id)
    body = body_of(request)
    layouts = {key: body["layout"]} if "layout" in body else {}
    style = body.get("style") or {}
    if not isinstance(style, dict) or not set(style) <= set(documents.TOKEN_GROUPS):
        style = {}
    kept = storable.faults(body.get("layout")) if layouts else []
    if kept:
        return refused([fault.under("/layout") for fault in kept])
    try:
        draft = drawing.draft_of(project, layouts=layouts, style=style)
        drawn = drawing.draw(draft, key=key, language=str(body.get("language", "")))
    except drawing.UnknownPageError:
        text = _("The page is not in this language.")
        return JsonResponse({"faults": [], "detail": text}, status=404)
    if drawn.faults:
        return refused(drawn.faults)
    drawn = drawing.shown_at(request, drawn, workspace_id=project.workspace_id)
    answer: dict[str, Any] = {"html": drawn.html, "cssName": drawn.css_name}
    if body.get("css") != drawn.css_name:
        answer["css"] = drawn.css
    return answer


@require_http_methods(["GET", "HEAD", "PUT"])
@member
@json_answers
def style(request: HttpRequest, project_id: uuid.UUID) -> Any:
    """The site's tokens by column; PUT saves those that are sent over the `revision`."""
    project = project_of(request, project_id, edits=request.method == "PUT")
    guide = drawing.style_guide_of(project)
    if guide is None:
        raise Http404
    if request.method != "PUT":
        return _style_told(guide)
    body = body_of(request)
    columns = body.get("columns")
    if not isinstance(columns, dict):
        columns = {"": columns}
    try:
        saved = editing.save_style(
            project=project,
            guide=guide,
            columns=columns,
            revision=str(body.get("revision", "")),
            name=_name(body),
        )
    except editing.StaleError as error:
        guide.refresh_from_db()
        return _stale(error, _style_told(guide))
    return _style_told(saved)


@require_POST
@member
@json_answers
def name_version(request: HttpRequest, project_id: uuid.UUID, key: str) -> Any:
    """Keep a page as it is saved as a version with a name."""
    project = project_of(request, project_id, edits=True)
    message = _name(body_of(request)) or _("Kept")
    version = versioning.save_named(entity=_page(project, key), message=message)
    page = _page(project, key)
    return {"revision": page.revision, "version": version.version_number}


def _page(project: Project, key: str) -> Wireframe:
    found = editing.page_of(project, key)
    if found is None:
        raise Http404
    return found


def _page_told(page: Wireframe) -> dict[str, Any]:
    return {
        "layout": page.layout,
        "revision": page.revision,
        "version": page.version,
        "faults": told(documents.layout_faults(page.layout)),
        "saved": _saved(page),
    }


def _style_told(guide: StyleGuide) -> dict[str, Any]:
    from builder.rendering import tokens

    columns = documents.columns_of(guide)
    right = not documents.style_faults(columns)
    return {
        "columns": columns,
        "revision": guide.revision,
        "variables": tokens.to_css_variables(documents.token_document(columns)) if right else {},
        "whole": documents.style_columns(tokens.with_defaults(documents.token_document(columns))),
    }


def _saved(record: Wireframe | StyleGuide) -> dict[str, Any]:
    """Who saved last, in words, and when."""
    last = editing.last_saved(record)
    person = User.objects.filter(pk=last["user_id"]).first() if last["user_id"] else None
    name = (person.get_full_name() or person.email) if person else _("Somebody")
    return {"by": name, "person": str(last["user_id"] or ""), "at": last["at"].isoformat()}


def _stale(error: editing.StaleError, current: Mapping[str, Any]) -> HttpResponse:
    return JsonResponse({"faults": told(error.faults), "current": current}, status=409)


def _name(body: Mapping[str, Any]) -> str:
    name = body.get("name")
    return name.strip()[:200] if isinstance(name, str) else ""
