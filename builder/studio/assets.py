"""What frames of no origin load: fonts, and pictures by an address that cannot be made up.

A browser sends no cookie from such a frame, so that these two ask for no session.
"""

import re
import uuid
from functools import cache
from typing import Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import tenancy
from builder.fonts import families
from builder.fonts.library import CONTENT_TYPE, FontFile
from builder.images import keeping
from builder.images.showing import FOLDER
from builder.models import ImageRendition

_SALT: Final = "builder.studio.assets"
_DAY: Final = 86_400
_FONTS: Final = "assets/fonts/"
_IMAGE: Final = re.compile(r"(?P<digest>[0-9a-f]{16})-(?P<width>\d{1,5})\.[a-z]{3,4}")
_IMAGES: Final = re.compile(rf"(?<=[\"' ,])(?:\./|(?:\.\./)*){FOLDER}/")
_PRELOAD: Final = re.compile(r'<link rel="preload"[^>]*>\s*')


def with_fonts(css: str, *, origin: str) -> str:
    """A stylesheet whose fonts are at their whole address: it may be at none itself."""
    return css.replace("url(fonts/", f"url({origin}{reverse('studio:sites')}fonts/")


def without_preloads(html: str) -> str:
    """A page that asks for no font beforehand: it would ask where there is none."""
    return _PRELOAD.sub("", html)


def with_images(html: str, *, workspace_id: uuid.UUID) -> str:
    """A page whose pictures are found from wherever it is shown, for a day."""
    if FOLDER not in html:
        return html
    token = signing.dumps(workspace_id.hex, salt=_SALT, compress=False)
    return _IMAGES.sub(f"{reverse('studio:image', args=[token, 'x'])[:-1]}", html)


@require_safe
def font(request: HttpRequest, name: str) -> HttpResponse:
    """A font of the library by its name with its hash."""
    found = _fonts().get(name)
    if found is None:
        raise Http404
    response = HttpResponse(found.body, CONTENT_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def image(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """A file of a picture of the workspace that the address was signed for."""
    match = _IMAGE.fullmatch(name)
    try:
        workspace_id = uuid.UUID(signing.loads(token, salt=_SALT, max_age=_DAY))
    except signing.BadSignature as error:
        raise Http404 from error
    if match is None:
        raise Http404
    with tenancy.owner(reason="studio_image"):
        rows = ImageRendition.objects.filter(
            workspace_id=workspace_id, sha256__startswith=match["digest"], width=match["width"]
        )
        found = rows.first()
        body = keeping.content(found) if found is not None else None
    if found is None or body is None:
        raise Http404
    response = HttpResponse(body, found.content_type)
    response["Cache-Control"] = f"private, max-age={_DAY}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@cache
def _fonts() -> dict[str, FontFile]:
    return {file.path.removeprefix(_FONTS): file for family in families() for file in family.files}
