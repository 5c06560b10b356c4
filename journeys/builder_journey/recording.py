"""Writes down how far a person has come from a template to a live site.

Called by what happens in the builder (journeys.builder_journey.receivers) and by the connecting of
workflows, in the transaction and scope of that. A journey is its user's: what somebody else does in
the project is not counted. It ends with its magic moment. Of somebody who does not consent to
analytics nothing is written, from the moment on at which they withdraw.
"""

import datetime
import uuid
from collections.abc import Callable
from typing import Any, Final

import structlog
from django.db import connection, transaction
from django.utils import timezone

from accounts.consent import allows_analytics
from builder.models import Project
from journeys.builder_journey.models import JourneyEvent, UserJourneyTracking

log = structlog.get_logger(__name__)

Type = JourneyEvent.Type


def acting_user() -> uuid.UUID | None:
    """Whom the transaction acts for; None for jobs, commands and keys without a user."""
    with connection.cursor() as cursor:
        cursor.execute("select app_user()")
        user_id: uuid.UUID | None = cursor.fetchone()[0]
    return user_id


def begin(
    *, project: Project, user_id: uuid.UUID, now: datetime.datetime | None = None
) -> UserJourneyTracking | None:
    """Start the journey of the person who has made a project; None without their consent."""
    if not allows_analytics(user_id):
        return None
    now = now or timezone.now()
    chosen = project.template is not None
    journey = UserJourneyTracking.objects.create(
        workspace_id=project.workspace_id,
        user_id=user_id,
        project=project,
        template=project.template,
        journey_started_at=now,
        template_selected=chosen,
        template_selected_at=now if chosen else None,
    )
    if project.template is not None:
        details = {"template": str(project.template_id), "slug": project.template.slug}
        _note(journey, Type.TEMPLATE_SELECTED, details, now=now)
    log.info("journey.started", journey_id=str(journey.pk))
    return journey


def record(
    *,
    project_id: uuid.UUID,
    event_type: str,
    details: dict[str, Any],
    user_id: uuid.UUID | None = None,
    now: datetime.datetime | None = None,
) -> UserJourneyTracking | None:
    """Note what the person did in the project, and the milestone that it is the first of.

    `user_id` is who did it where that is known; else it is asked of the transaction. None where
    nothing is recorded: no such journey, one that has ended, or no consent. Raises DetailsError
    for details that are not those of the type.
    """
    user_id = user_id or acting_user()
    if user_id is None:
        return None
    now = now or timezone.now()
    with transaction.atomic():
        journey = (
            UserJourneyTracking.objects.under_way()
            .select_for_update(of=("self",))
            .filter(project_id=project_id, user_id=user_id)
            .first()
        )
        if journey is None or not allows_analytics(user_id):
            return None
        _REACHED[event_type](journey, now)
        _note(journey, event_type, details, now=now)
        if journey.site_published and journey.workflow_connected:
            journey.magic_moment_achieved, journey.magic_moment_achieved_at = True, now
            _note(journey, Type.MAGIC_MOMENT, {}, now=now)
        journey.save()
    return journey


def _note(
    journey: UserJourneyTracking,
    event_type: str,
    details: dict[str, Any],
    *,
    now: datetime.datetime,
) -> None:
    from journeys.builder_journey.details import check_details

    JourneyEvent.objects.create(
        workspace_id=journey.workspace_id,
        journey=journey,
        timestamp=now,
        event_type=event_type,
        event_data=check_details(event_type=event_type, details=details),
    )


def _customized(journey: UserJourneyTracking, now: datetime.datetime) -> None:
    journey.customization_count += 1
    journey.customization_started = True
    journey.first_customization_at = journey.first_customization_at or now


def _component_added(journey: UserJourneyTracking, now: datetime.datetime) -> None:
    journey.components_added += 1
    journey.first_component_added = True


def _ai_requested(journey: UserJourneyTracking, now: datetime.datetime) -> None:
    journey.ai_requests_count += 1
    journey.ai_customization_used = True


def _workflow_connected(journey: UserJourneyTracking, now: datetime.datetime) -> None:
    journey.workflows_created += 1
    journey.workflow_connected = True
    journey.first_workflow_connected_at = journey.first_workflow_connected_at or now


def _site_previewed(journey: UserJourneyTracking, now: datetime.datetime) -> None:
    journey.site_previewed = True


def _site_published(journey: UserJourneyTracking, now: datetime.datetime) -> None:
    if not journey.site_published:
        journey.final_template_config = _configuration(journey.project)
    journey.site_published = True
    journey.site_published_at = journey.site_published_at or now


def _configuration(project: Project) -> dict[str, Any]:
    """What the template has become: its name, the site's language and its pages."""
    pages = project.current_sitemap.pages if project.current_sitemap is not None else {}
    return {
        "template": project.template.slug if project.template is not None else "",
        "language": project.language,
        "pages": sorted(pages),
    }


_REACHED: Final[dict[str, Callable[[UserJourneyTracking, datetime.datetime], None]]] = {
    Type.CUSTOMIZED: _customized,
    Type.COMPONENT_ADDED: _component_added,
    Type.AI_REQUESTED: _ai_requested,
    Type.WORKFLOW_CONNECTED: _workflow_connected,
    Type.SITE_PREVIEWED: _site_previewed,
    Type.SITE_PUBLISHED: _site_published,
}
