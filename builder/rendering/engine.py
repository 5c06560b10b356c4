"""The template engine of published pages: only our own templates, escaping always on."""

from functools import cache
from pathlib import Path

from django.template import Engine

_HERE = Path(__file__).parent


@cache
def page_engine() -> Engine:
    """Return the engine; section templates are `<folder>/template.html`."""
    return Engine(
        dirs=[str(_HERE.parent / "sections"), str(_HERE / "templates")],
        builtins=[
            "builder.rendering.markup",
            "builder.rendering.pieces",
            "django.templatetags.i18n",
        ],
        loaders=[
            (
                "builder.rendering.quick.Loader",
                ["django.template.loaders.filesystem.Loader"],
            )
        ],
    )
