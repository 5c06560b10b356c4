"""Brings the built-in template library into the database."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from builder import template_measures
from builder.models import Template, TemplateAIMetadata
from builder.template_library import TemplateDocument, load


def load_templates() -> tuple[int, int]:
    """Write the built-in templates, the platform's own; (made, changed). Twice changes nothing.

    With each goes what is measured of it; what a model has since written of it stays.
    """
    made = changed = 0
    with transaction.atomic():
        for document in load():
            fields = _fields(document)
            known = Template.objects.filter(workspace__isnull=True, slug=document.slug).first()
            if known is None:
                known = Template.objects.create(slug=document.slug, **fields)
                made += 1
            elif any(getattr(known, name) != value for name, value in fields.items()):
                Template.objects.filter(pk=known.pk).update(**fields, updated_at=Now())
                changed += 1
            _write_metadata(known, document, contents=fields["document"])
    return made, changed


def _write_metadata(template: Template, document: TemplateDocument, *, contents: Any) -> None:
    measured = template_measures.measure(contents)
    editorial = {
        "ai_description": template_measures.describe(measured, trade=document.trade),
        "target_audience": list(document.target_audience),
        "use_cases": list(document.use_cases),
        "industry_focus": [document.trade],
    }
    known = TemplateAIMetadata.objects.filter(template=template).first()
    if known is None:
        TemplateAIMetadata.objects.create(template=template, **measured, **editorial)
        return
    fields = measured
    if known.last_ai_update is None:
        fields |= editorial
    else:
        # A model may have said which workflows suit a component.
        del fields["intelligent_components"]
    if any(getattr(known, name) != value for name, value in fields.items()):
        TemplateAIMetadata.objects.filter(pk=known.pk).update(**fields, updated_at=Now())


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
            "site_names": document.site_names,
            "schema_type": document.schema_type,
            "pages": [asdict(page) for page in document.pages],
            "tokens": document.tokens,
        },
    }
