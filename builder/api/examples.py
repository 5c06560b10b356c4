"""One example of each request that writes, for the API's description."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view

SOME_ID: Final = "0199c2d4-5b7e-7000-8000-000000000001"


def shown_by(**requests: dict[str, Any]) -> Any:
    """Decorate a viewset: the body of each of its methods' example, by the method's name."""
    return extend_schema_view(
        **{
            method: extend_schema(
                examples=[OpenApiExample("Example", value=body, request_only=True)]
            )
            for method, body in requests.items()
        }
    )


PROJECT: Final = {"name": "Dune House", "is_public": True}
SITEMAP: Final = {
    "pages": {
        "home": {"title": "Home", "path": "/", "order": 0},
        "about": {"title": "About", "path": "/about", "order": 1},
    }
}
LAYOUT: Final = {
    "root": {"props": {}},
    "content": [
        {
            "type": "Hero",
            "props": {"id": "hero", "variant": "plain", "title": "Houses for weather"},
        }
    ],
    "zones": {},
}
WIREFRAME: Final = {"sitemap": SOME_ID, "page_key": "about", "title": "About", "layout": LAYOUT}
COLORS: Final = {
    "$type": "color",
    "accent": {"$value": {"colorSpace": "srgb", "components": [0.24, 0.29, 0.07]}},
}
STYLE: Final = {"wireframe": SOME_ID, "title": "Moss", "colors": COLORS}
ADDRESS: Final = {"project": SOME_ID, "label": "dune-house", "is_primary": True}
STRUCTURE: Final = {
    "project": {"name": "Dune House", "type": "website", "language": "en"},
    "sitemap": {
        "title": "Main site structure",
        "pages": {
            "home": {"title": "Home", "path": "/"},
            "about": {"title": "About", "path": "/about"},
        },
    },
    "wireframes": {"home": {"layout": LAYOUT}},
    "style_guide": {"colors": COLORS},
}
DOMAIN: Final = {"project": SOME_ID, "host": "www.dune-house.com", "is_primary": True}
REDIRECT: Final = {"project": SOME_ID, "from_path": "/old-menu", "to": "/menu", "status": 308}
IMAGE: Final = {
    "name": "The house from the sea",
    "alt": {"en": "A low house behind dunes", "ar": "بيت منخفض خلف الكثبان"},
    "focal_x": 0.3,
    "focal_y": 0.6,
}
SITE_PASSWORD: Final = {"project": SOME_ID, "password": "before the opening"}
SCHEDULE: Final = {
    "project": SOME_ID,
    "action": "publish",
    "due_at": "2027-01-01T06:00:00+03:00",
    "note": "The new year's fees",
}
