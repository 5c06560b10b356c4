"""The tree of a site's pages as the editor's scripts change it."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.faults import Fault
from accounts.models import User
from builder import documents, locales, page_tree
from builder.editing import DocumentError
from builder.models import Language, Project
from builder.studio.access import body_of, member, person_of, project_of
from builder.studio.answers import json_answers


@require_http_methods(["GET", "HEAD", "POST"])
@member
@json_answers
def pages(request: HttpRequest, project_id: uuid.UUID) -> Any:
    """The pages in their order; POST does something with them (`do`) and answers with them."""
    posts = request.method == "POST"
    project = project_of(request, project_id, edits=posts)
    if not posts:
        return {"pages": listed(project)}
    key = _do(project, body_of(request), person_of(request))
    fresh = project_of(request, project_id)
    return {"pages": listed(fresh), "key": key}


def listed(project: Project) -> list[dict[str, Any]]:
    """A project's pages for the tree; none where the sitemap is not right."""
    known: dict[str, Any] = project.current_sitemap.pages if project.current_sitemap else {}
    if documents.sitemap_faults(known):
        return []
    rows = []
    for page in documents.site_pages(known):
        entry = known[page.key]
        others = entry.get(locales.TRANSLATIONS)
        rows.append(
            {
                "key": page.key,
                "path": page.path,
                "title": page.title,
                "description": entry.get("description", ""),
                "words": others if isinstance(others, dict) else {},
            }
        )
    return rows


def _do(project: Project, body: dict[str, Any], person: User) -> str:
    """Carry out what is asked; returns the key of the page that it was about.

    Raises `DocumentError`, and `VersionError` for a page that cannot be brought back.
    """
    asked, key = body.get("do"), _text(body, "key")
    if asked == "add":
        return page_tree.add(project=project, title=_text(body, "title") or _("New page"))
    if asked == "change":
        named = ("title", "description", "path")
        changes = {name: body[name] for name in named if name in body}
        language = _text(body, "language") or project.language
        page_tree.change(project=project, key=key, language=language, changes=changes)
    elif asked == "arrange" and isinstance(body.get("keys"), list):
        page_tree.arrange(project=project, keys=body["keys"])
    elif asked == "remove":
        page_tree.remove(project=project, key=key, user_id=person.pk)
    elif asked == "bring back":
        page_tree.bring_back(project=project, key=key)
    elif asked == "add language" and _text(body, "language") in Language.values:
        page_tree.add_language(project=project, language=_text(body, "language"))
    else:
        raise DocumentError(Fault("/do", "unknown", _("There is no such thing to do.")))
    return key


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""
