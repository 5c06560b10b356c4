"""The editor's page, and the frame in which a site is shown while it is being made."""

import uuid
from typing import Any, Final

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from builder import locales, projects
from builder.models import Language, Project
from builder.models.languages import RIGHT_TO_LEFT
from builder.studio import presets
from builder.studio.access import (
    may_comment,
    may_edit,
    may_publish,
    may_remove,
    member,
    project_of,
)
from builder.studio.pages import listed
from builder.studio.sites import language
from builder.studio.words import words

# The one script of ours, and what a page of a site loads; no address to send anything to.
_FRAME: Final = (
    "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: https:; font-src 'self' data:; media-src https:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


@require_safe
@member
def editor(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """A project's pages, to be looked at or edited; `?page=` is the key of one."""
    project = project_of(request, project_id)
    pages = listed(project)
    if not pages:
        return render(request, "studio/no_pages.html", {"project": project}, status=409)
    keys = [page["key"] for page in pages]
    wanted = request.GET.get("page", "")
    context = {
        "project": project,
        "may_edit": may_edit(request, project),
        "may_publish": may_publish(request, project),
        "may_comment": may_comment(request, project),
        "may_remove": may_remove(request, project),
        "start": _start(request, project, pages, wanted if wanted in keys else keys[0]),
        "live_address": projects.site_url(project=project) if project.is_live else "",
    }
    return render(request, "studio/editor.html", context)


@require_safe
@xframe_options_sameorigin
def frame(request: HttpRequest) -> HttpResponse:
    """An empty page with the script that shows what the editor sends it. Nobody's data is in it."""
    response = render(request, "studio/frame.html")
    response["Content-Security-Policy"] = _FRAME
    response["Cache-Control"] = "private, max-age=300"
    return response


def _start(
    request: HttpRequest, project: Project, pages: list[dict[str, Any]], key: str
) -> dict[str, Any]:
    """What the editor's scripts begin with."""
    here = reverse("studio:editor", args=[project.pk])
    return {
        "project": str(project.pk),
        "person": str(request.user.pk),
        "page": key,
        "pages": pages,
        "mayEdit": may_edit(request, project),
        "interface": language(),
        "languages": [
            {
                "code": each.language,
                "name": LANG_INFO[each.language]["name_local"],
                "direction": "rtl" if each.language in RIGHT_TO_LEFT else "ltr",
            }
            for each in locales.locales_of(project)
        ],
        "others": [
            {"code": code, "name": LANG_INFO[code]["name_local"]}
            for code in Language.values
            if code not in {each.language for each in locales.locales_of(project)}
        ],
        "at": here,
        "frame": reverse("studio:frame"),
        "kinds": reverse("studio:kinds"),
        "icons": static("studio/icons.svg"),
        "csrfCookie": settings.CSRF_COOKIE_NAME,
        "words": words(),
        "images": reverse("studio:images", args=[project.pk]),
        "palettes": presets.palettes(),
        "pairs": presets.pairs(),
        "typefaces": presets.typefaces(),
        "tokens": presets.token_names(),
    }
