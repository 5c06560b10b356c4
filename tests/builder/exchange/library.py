"""Every document of the template library, as a record that is in no database."""

from builder import documents
from builder.models import Sitemap, StyleGuide, Wireframe
from builder.template_library import load

TEMPLATES = load()
PAGES = [(template.slug, page) for template in TEMPLATES for page in template.pages]
NAMES = [f"{slug}-{page.key}" for slug, page in PAGES]


def sitemap_of(template):
    pages = {
        page.key: {
            "title": page.title,
            "path": page.path,
            "description": page.description,
            "order": order,
        }
        for order, page in enumerate(template.pages)
    }
    return Sitemap(title=template.site_name, pages=pages, metadata={"trade": template.trade})


def wireframe_of(page):
    return Wireframe(page_key=page.key, title=page.title, layout=page.layout)


def guide_of(template):
    return StyleGuide(title=template.slug, **documents.style_columns(template.tokens))
