"""Brings the built-in template library into the database."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from builder.models import Template
from builder.template_library import TemplateDocument, load


def load_templates() -> tuple[int, int]:
    """Write the built-in templates, the platform's own; (made, changed). Twice changes nothing."""
    made = changed = 0
    with transaction.atomic():
        for document in load():
            fields = _fields(document)
            known = Template.objects.filter(workspace__isnull=True, slug=document.slug).first()
            if known is None:
                Template.objects.create(slug=document.slug, **fields)
                made += 1
            elif any(getattr(known, name) != value for name, value in fields.items()):
                Template.objects.filter(pk=known.pk).update(**fields, updated_at=Now())
                changed += 1
    return made, changed


def _fields(document: TemplateDocument) -> dict[str, Any]:
    languages = {*document.name, *document.description} - {"en"}
    return {
        "name": document.name.get("en") or next(iter(document.name.values())),
        "description": document.description.get("en", ""),
        "category": document.category,
        "trade": document.trade,
        "language": document.language,
        "translations": {
            language: {
                "name": document.name.get(language, ""),
                "description": document.description.get(language, ""),
            }
            for language in sorted(languages)
        },
        "document": {
            "site_name": document.site_name,
            "pages": [asdict(page) for page in document.pages],
            "tokens": document.tokens,
        },
    }
