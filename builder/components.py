"""Keeps a record of each component that can start a workflow."""

import uuid
from typing import Any

import structlog
from django.db import transaction
from django.db.models.functions import Now

from builder.models import ComponentIntelligence, Wireframe
from builder.sections import registry

log = structlog.get_logger(__name__)


def register(*, wireframe: Wireframe) -> list[ComponentIntelligence]:
    """Bring the records of a page's components up to its layout; returns those present.

    What left the layout is marked as removed, what came back is present again with its history.
    A layout with faults is read as far as it goes.
    """
    project = wireframe.sitemap.project
    found = {item["props"]["id"]: item for item in connectable(wireframe.layout)}
    with transaction.atomic():
        known = ComponentIntelligence.objects.filter(wireframe=wireframe)
        known.present().exclude(component_id__in=found).update(removed_at=Now(), updated_at=Now())
        ComponentIntelligence.objects.bulk_create(
            [
                ComponentIntelligence(
                    workspace_id=wireframe.workspace_id,
                    project_id=project.pk,
                    template_id=project.template_id,
                    wireframe=wireframe,
                    component_id=component_id,
                    component_type=str(registry()[item["type"]].component_type),
                    component_props=item["props"],
                )
                for component_id, item in found.items()
            ],
            update_conflicts=True,
            unique_fields=["workspace", "wireframe", "component_id"],
            update_fields=["component_type", "component_props", "removed_at", "updated_at"],
        )
        log.info("component.registered", wireframe_id=str(wireframe.pk), count=len(found))
        return list(known.present().order_by("id"))


def connectable(layout: Any) -> list[dict[str, Any]]:
    """The components of a layout whose section can start a workflow."""
    content = layout.get("content") if isinstance(layout, dict) else None
    return [item for item in content or [] if _is_connectable(item)]


def of_project(*, project_id: uuid.UUID, component_id: str) -> list[ComponentIntelligence]:
    """The records of a component by the id it has in its layout, page by page."""
    records = ComponentIntelligence.objects.present().filter(project_id=project_id)
    return list(records.filter(component_id=component_id).order_by("id"))


def _is_connectable(item: Any) -> bool:
    if not isinstance(item, dict) or not isinstance(item.get("props"), dict):
        return False
    section = registry().get(str(item.get("type")))
    named = isinstance(item["props"].get("id"), str)
    return named and section is not None and section.component_type is not None
