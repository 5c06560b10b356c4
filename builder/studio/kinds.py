"""The section types that a page is made of: their forms, examples and pictures; the drawings."""

import uuid
from dataclasses import asdict
from functools import cache
from typing import Any, Final

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from builder.models import Language
from builder.models.languages import RIGHT_TO_LEFT
from builder.rendering import NavPage, PageInput, SiteInput, render_page, render_stylesheet, tokens
from builder.sections import registry
from builder.sections.prop_schema import prop_schema
from builder.studio import drawing
from builder.studio.access import member, project_of
from builder.studio.sites import language
from builder.template_library.art import has_art, names_of_art, read_art

_DRAWING: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@member
def kinds(request: HttpRequest) -> HttpResponse:
    """All section types: name, form, and an example in each language; all drawings."""
    response = HttpResponse(_kinds(language()), "application/json")
    patch_cache_control(response, private=True, max_age=60)
    return response


@cache
def _kinds(_language: str) -> bytes:
    """The same for everybody who reads the language, as long as the code is."""
    found = [
        {
            "type": section.type,
            "name": str(section.name),
            "fields": [asdict(field) for field in prop_schema(section)],
            "examples": {code: section.example(language=code) for code in Language.values},
        }
        for section in registry().values()
    ]
    return orjson.dumps({"kinds": found, "drawings": names_of_art()})


@require_safe
@member
def kind_picture(
    request: HttpRequest, project_id: uuid.UUID, kind: str, in_language: str
) -> HttpResponse:
    """A section type's example in the site's own look, for a small frame."""
    project = project_of(request, project_id)
    section = registry().get(kind)
    if section is None or in_language not in Language.values:
        raise Http404
    document = drawing.draft_of(project)
    token_document = drawing.tokens_of(document)
    props = {**section.example(language=in_language), "id": "Example-1"}
    site = SiteInput(
        name=project.name,
        language=in_language,
        direction="rtl" if in_language in RIGHT_TO_LEFT else "ltr",
        tokens=token_document,
        pages=tuple(document.pages) or (NavPage("home", project.name, "/"),),
        stylesheet_path=drawing.STYLESHEET,
        indexed=False,
    )
    layout = {"root": {}, "content": [{"type": kind, "props": props}]}
    page = PageInput(key="", path="/", title=project.name, layout=layout, base="", indexed=False)
    css = render_stylesheet(tokens=token_document, section_types=[kind], languages=[in_language])
    drawn = drawing.Drawing(html=render_page(page=page, site=site).html, css=css)
    return drawing.still(request, drawn, workspace_id=None, seconds=60)


@require_safe
@member
def art(request: HttpRequest, project_id: uuid.UUID, name: str) -> HttpResponse:
    """A drawing of the library in the site's colours, as an image that runs nothing."""
    project = project_of(request, project_id)
    if not has_art(name=name):
        raise Http404
    found: dict[str, Any] = tokens.to_css_variables(drawing.tokens_of(drawing.draft_of(project)))
    colours = ";".join(f"{key}:{value}" for key, value in found.items() if "color" in key)
    svg = (
        read_art(name=name)
        .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        .replace(">", f"><style>:root{{{colours};background:var(--color-background)}}</style>", 1)
    )
    response = HttpResponse(svg, "image/svg+xml")
    response["Content-Security-Policy"] = _DRAWING
    patch_cache_control(response, private=True, max_age=60)
    return response
