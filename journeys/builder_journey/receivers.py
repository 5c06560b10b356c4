"""Hears of what people do in the builder: its documents saved, its releases made and published."""

import uuid
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from builder.models import Project, Release, Sitemap, StyleGuide, Wireframe
from builder.signals import project_published
from journeys.builder_journey import recording
from journeys.builder_journey.models import JourneyEvent

Type = JourneyEvent.Type


@receiver(post_save, sender=Project)
def _project_made(instance: Project, created: bool, raw: bool, **_kwargs: Any) -> None:
    if not created or raw:
        return
    user_id = recording.acting_user() or instance.owner_id
    if user_id is not None:
        recording.begin(project=instance, user_id=user_id)


@receiver(post_save, sender=Sitemap)
def _sitemap_saved(instance: Sitemap, created: bool, raw: bool, **_kwargs: Any) -> None:
    if not (created or raw):
        _customized(instance.project_id, document="sitemap")


@receiver(post_save, sender=Wireframe)
def _page_saved(instance: Wireframe, created: bool, raw: bool, **_kwargs: Any) -> None:
    if not (created or raw):
        _customized(instance.sitemap.project_id, document="page", page_key=instance.page_key)


@receiver(post_save, sender=StyleGuide)
def _style_saved(instance: StyleGuide, created: bool, raw: bool, **_kwargs: Any) -> None:
    if not (created or raw):
        _customized(instance.wireframe.sitemap.project_id, document="style_guide")


@receiver(post_save, sender=Release)
def _release_made(instance: Release, created: bool, raw: bool, **_kwargs: Any) -> None:
    if created and not raw and instance.kind == Release.Kind.PREVIEW:
        recording.record(
            project_id=instance.project_id,
            event_type=Type.SITE_PREVIEWED,
            details={"release": str(instance.pk)},
            user_id=instance.created_by_id,
        )


@receiver(project_published)
def _published(project: Project, release: Release, **_kwargs: Any) -> None:
    recording.record(
        project_id=project.pk,
        event_type=Type.SITE_PUBLISHED,
        details={"release": str(release.pk), "number": release.number},
        user_id=recording.acting_user() or release.created_by_id,
    )


def _customized(project_id: uuid.UUID, **details: str) -> None:
    recording.record(project_id=project_id, event_type=Type.CUSTOMIZED, details=details)
