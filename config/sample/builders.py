"""How the team's people went from a template to a live site, told as the builder tells it."""

import datetime
import random
import uuid
from typing import Any, Final

from accounts.models import User
from builder.models import ComponentIntelligence, Project, Release
from config.sample.story import Story, count, key
from journeys.builder_journey import recording
from journeys.models import JourneyEvent, UserJourneyTracking, Workflow

Type = JourneyEvent.Type
_PAGES: Final = ("home", "menu", "contact")
_PAINS: Final = ("the prices' table on phones", "finding the Arabic fonts", "the form's fields")
_GAINS: Final = ("ready texts in Arabic", "the form was connected at once", "the preview link")


def fill(story: Story) -> dict[str, int]:
    """A journey for whoever made a project: most reach their magic moment, some have not yet."""
    dice = story.dice("journeys")
    for project in Project.objects.filter(workspace=story.workspace).order_by("created_at"):
        if project.owner is not None:
            _journey(story, dice, project, project.owner)
    return count({}, story, UserJourneyTracking, JourneyEvent)


def _journey(story: Story, dice: random.Random, project: Project, user: User) -> None:
    """The journey anew, since making the project has begun one at the moment of loading."""
    UserJourneyTracking.objects.filter(project=project, user=user).delete()
    began = project.created_at
    journey = recording.begin(project=project, user_id=user.pk, now=began)
    if journey is None:  # somebody who has an account already and wants no analytics
        return
    at = began
    for event_type, details in _way(project, dice):
        at = min(at + datetime.timedelta(seconds=dice.randint(50, 260)), story.until)
        recording.record(
            project_id=project.pk, event_type=event_type, details=details, user_id=user.pk, now=at
        )
    UserJourneyTracking.objects.filter(pk=journey.pk).update(created_at=began, updated_at=at)
    _look_back(journey.pk, dice)
    _rekey(journey.pk, dice)


def _way(project: Project, dice: random.Random) -> list[tuple[str, dict[str, Any]]]:
    """What was done, in its order; a draft ends before it is published."""
    parts = ComponentIntelligence.objects.filter(project=project).order_by("id")
    way: list[tuple[str, dict[str, Any]]] = [(Type.CUSTOMIZED, {"document": "style_guide"})]
    way += [
        (Type.CUSTOMIZED, {"document": "page", "page_key": page})
        for page in dice.sample(_PAGES, k=dice.randint(1, 3))
    ]
    for part in parts[: dice.randint(1, 2)]:
        named = {"component_id": part.component_id, "component_type": part.component_type}
        way.append((Type.COMPONENT_ADDED, named))
    if dice.random() < 0.7:
        way.append((Type.AI_REQUESTED, {"purpose": "headline in Arabic"}))
    release = Release.objects.filter(project=project).order_by("id").first()
    if release is not None:
        way.append((Type.SITE_PREVIEWED, {"release": str(release.pk)}))
    if release is None or project.live_release_id is None:
        return way
    workflow = Workflow.objects.filter(workspace=project.workspace_id).order_by("id").first()
    for part in parts[:1]:
        if workflow is not None:
            tied = {"component_id": part.component_id, "workflow": str(workflow.pk)}
            way.append((Type.WORKFLOW_CONNECTED, tied))
    way.append((Type.SITE_PUBLISHED, {"release": str(release.pk), "number": 1}))
    return way


def _look_back(journey_id: uuid.UUID, dice: random.Random) -> None:
    done = UserJourneyTracking.objects.filter(pk=journey_id, magic_moment_achieved=True)
    done.update(
        final_quality_score=round(dice.uniform(78, 94), 1),
        user_satisfaction=dice.randint(7, 10),
        completion_quality=dice.choice(["excellent", "good"]),
        pain_points=[dice.choice(_PAINS)],
        success_factors=[dice.choice(_GAINS)],
    )


def _rekey(journey_id: uuid.UUID, dice: random.Random) -> None:
    """Keys of the times that the events happened at: lists are ordered by them."""
    for event in JourneyEvent.objects.filter(journey_id=journey_id).order_by("timestamp", "id"):
        JourneyEvent.objects.filter(pk=event.pk, timestamp=event.timestamp).update(
            id=key(event.timestamp, dice)
        )
