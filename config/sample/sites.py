"""What a team leaves in the builder: projects at every stage, sessions, remarks, measurements."""

import datetime
import random
from typing import Any, Final, NamedTuple

from accounts.models import User
from builder import previews, projects, publishing, trash
from builder.models import (
    AITrainingData,
    BuilderSession,
    Comment,
    ComponentIntelligence,
    Project,
    ProjectCollaborator,
    QualityMeasurement,
    Template,
)
from config.sample import team
from config.sample.story import Story, backdate, count, every, key, near


class Site(NamedTuple):
    """A project: its template, whose it is, how many days old, and what became of it."""

    name: str
    template: str
    owner: str
    days: int
    end: str


class Remark(NamedTuple):
    """What somebody of the team wrote, so many days ago, and whether it is settled."""

    place: str
    days: int
    body: str
    settled: bool


_SITES: Final = (
    Site("قهوة رمضان", "suhail", "writer", 52, "published"),
    Site("Nakhla wholesale", "marram", "performance", 31, "draft"),
    Site("فرع الخبر", "suhail", "owner", 0, "draft"),
    Site("Founding Day 2026", "suhail", "manager", 88, "archived"),
)
_BINNED: Final = Site("Gift boxes", "marram", "writer", 12, "binned")
_REMARKS: Final = (
    Remark("writer", 58, "العنوان طويل على الجوال، هل نختصره؟", True),
    Remark(
        "performance", 57, "The form should stand above the fold: most visits are on phones.", True
    ),
    Remark("analyst", 41, "Prices convert better with VAT included; people ask about it.", True),
    Remark(
        "manager", 33, "Please take the photo with the cup away, the logo is the old one.", True
    ),
    Remark("writer", 19, "أضفت سؤالًا عن التوصيل إلى الدمام والخبر.", False),
    Remark(
        "analyst", 9, "Newsletter signups doubled since the section moved up. Keep it there.", False
    ),
    Remark("finance", 3, "أسعار الجملة تغيّرت من أول الشهر، أرسلت الجدول الجديد.", False),
)
_STEPS: Final = (
    "template-selection", "sitemap", "wireframe-design", "style-guide", "publishing",
)  # fmt: skip
_MEASURED: Final = {
    "accessibility_score": (84, 97),
    "performance_score": (78, 94),
    "responsive_score": (88, 98),
    "usability_score": (74, 89),
    "semantic_score": (81, 95),
    "color_variance_score": (80, 90),
    "typography_consistency_score": (86, 96),
    "spacing_consistency_score": (79, 93),
    "component_alignment_score": (83, 92),
    "overall_consistency_score": (82, 93),
}


def fill(story: Story) -> dict[str, int]:
    """Projects beside the main one, and what people and machines wrote about all of them."""
    dice = story.dice("sites")
    sites = [_site(story, each) for each in _SITES]
    _site(story, _BINNED)
    _age(story, story.project, 64)
    ProjectCollaborator.objects.create(
        workspace=story.workspace,
        project=sites[0],
        user=team.account("mona", "Mona", "Mansour"),  # a designer from outside
        role="editor",
    )
    _remark(story, dice)
    _sit_down(story, dice, [story.project, *sites])
    _understand(story, dice)
    _measure(story, dice, [story.project, sites[0]])
    _teach(story, dice)
    backdate(story, Comment, BuilderSession, QualityMeasurement, AITrainingData)
    return count(
        {}, story, Project, Comment, BuilderSession, ComponentIntelligence, QualityMeasurement,
        AITrainingData,
    )  # fmt: skip


def _site(story: Story, site: Site) -> Project:
    person: User = getattr(story.team, site.owner)
    project = projects.create_from_template(
        workspace=story.workspace,
        owner=person,
        template=Template.objects.get(slug=site.template, workspace=None),
        name=site.name,
    )
    if site.end in ("draft", "binned"):
        previews.create(project=project, user=person)
    else:
        publishing.publish(project=project, user=person)
        project.refresh_from_db()
    if site.end == "archived":
        projects.archive(project=project)
    if site.end == "binned":
        trash.put(project=project, by=person, now=story.ago(3, 9))
    _age(story, project, site.days)
    return project


def _age(story: Story, project: Project, days: int) -> None:
    at = story.ago(days, 9) if days else story.lately(5)
    Project.objects.filter(pk=project.pk).update(created_at=at)


def _remark(story: Story, dice: random.Random) -> None:
    rows = []
    for remark in _REMARKS:
        at = story.ago(remark.days, dice.randint(9, 16), dice.randrange(60))
        resolved = at + datetime.timedelta(hours=dice.randint(2, 40)) if remark.settled else None
        rows.append(
            Comment(
                id=key(at, dice),
                workspace=story.workspace,
                project=story.project,
                author=getattr(story.team, remark.place),
                body=remark.body,
                resolved_at=resolved,
            )
        )
    Comment.objects.bulk_create(rows)


def _sit_down(story: Story, dice: random.Random, sites: list[Project]) -> None:
    """Sessions of half an hour or so; the last of all is going on."""
    builders = (story.team.owner, story.team.writer, story.team.performance)
    rows = []
    for number, days in enumerate(every([63, 62, 58, 52, 51, 44, 38, 31, 30, 23, 17, 12, 8, 5, 2])):
        at = story.ago(days, dice.randint(9, 20), dice.randrange(60))
        status = dice.choices(["completed", "cancelled", "paused"], [11, 2, 1])[0]
        project = dice.choice(sites)
        rows.append(_session(dice, at, user=builders[number % 3], project=project, status=status))
    rows.append(
        _session(dice, story.lately(1), user=builders[1], project=story.project, status="active")
    )
    BuilderSession.objects.bulk_create(rows)


def _session(
    dice: random.Random, at: datetime.datetime, *, user: User, project: Project, status: str
) -> BuilderSession:
    ended = status in ("completed", "cancelled")
    done = len(_STEPS) if status == "completed" else dice.randint(1, len(_STEPS) - 1)
    return BuilderSession(
        id=key(at, dice),
        workspace_id=project.workspace_id,
        user=user,
        project=project,
        status=status,
        current_step=_STEPS[done - 1],
        progress={"completed": done, "total": len(_STEPS)},
        metadata={"language": project.language},
        started_at=at,
        ended_at=at + datetime.timedelta(minutes=dice.randint(12, 48)) if ended else None,
        ip_address=f"10.{dice.randrange(256)}.{dice.randrange(256)}.7",
        user_agent="Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Chrome/130.0",
    )


def _understand(story: Story, dice: random.Random) -> None:
    """Every component as an analysis would leave it."""
    rows = list(ComponentIntelligence.objects.filter(workspace=story.workspace).order_by("id"))
    for number, row in enumerate(rows):
        row.last_analyzed_at = story.ago(20 - number % 12, 11)
        row.analysis_status, row.analysis_version = "completed", "1"
        row.analysis_response_time = dice.randint(180, 900)
        row.success_probability = round(near(dice, 0.7), 3)
        row.confidence_score = round(near(dice, 0.8), 3)
        row.quality_score = round(near(dice, 82, 0.1), 1)
        row.theme_consistency_score = round(near(dice, 86, 0.1), 1)
        row.user_experience_score = round(near(dice, 79, 0.1), 1)
        row.industry_tags = ["food_and_beverage", "coffee"]
        row.use_case_classification = f"{row.component_type}:leads"
        row.detected_patterns = {"placement": dice.choice(["above the fold", "end of the page"])}
        row.interaction_signals = {"views": dice.randint(300, 900), "starts": dice.randint(20, 90)}
        row.business_context = {"goal": "lead_generation", "market": "SA"}
    fields = [
        "analysis_status", "analysis_version", "analysis_response_time", "last_analyzed_at",
        "success_probability", "confidence_score", "quality_score", "theme_consistency_score",
        "user_experience_score", "industry_tags", "use_case_classification", "detected_patterns",
        "interaction_signals", "business_context",
    ]  # fmt: skip
    ComponentIntelligence.objects.bulk_update(rows, fields)


def _measure(story: Story, dice: random.Random, sites: list[Project]) -> None:
    """A measurement of each live site a week, better from one to the next on the whole."""
    rows = []
    weeks = every(range(1, 57, 7))
    for project in sites:
        for number, days in enumerate(weeks):
            at, way = story.ago(days, 3), number / (len(weeks) - 1)
            rows.append(
                QualityMeasurement(
                    id=key(at, dice),
                    workspace=story.workspace,
                    project=project,
                    engine="axe-core",
                    engine_version="4.10",
                    raw={"violations": [], "passes": dice.randint(38, 52)},
                    **{
                        name: round(min(100, near(dice, low + (high - low) * way, 0.02)), 1)
                        for name, (low, high) in _MEASURED.items()
                    },
                )
            )
    QualityMeasurement.objects.bulk_create(rows)


def _teach(story: Story, dice: random.Random) -> None:
    """What the team said of suggestions, as material for training."""
    parts = ComponentIntelligence.objects.filter(
        workspace=story.workspace, component_type__in=["contact_form", "newsletter_signup"]
    ).order_by("id")
    rows = []
    for number, days in enumerate(every([47, 40, 34, 27, 21, 15, 9, 4])):
        at, part = story.ago(days, 15), parts[number % len(parts)]
        liked = dice.randint(4, 10)
        wanted: dict[str, Any] = {
            "workflow": "newsletter" if "newsletter" in part.component_type else "lead_capture"
        }
        rows.append(
            AITrainingData(
                id=key(at, dice),
                workspace=story.workspace,
                source_type=dice.choice(["user_feedback", "component_usage", "workflow_success"]),
                source_id=str(part.pk),
                input_data={"type": part.component_type},
                expected_output=wanted,
                actual_output=wanted if liked >= 6 else {"workflow": "notification"},
                data_quality_score=round(near(dice, 0.8, 0.2), 2),
                is_validated=liked >= 6,
                validation_source="member" if liked >= 6 else "",
                component_type=part.component_type,
                user_feedback_score=liked,
                user=dice.choice([story.team.writer, story.team.performance]),
                project_id=part.project_id,
            )
        )
    AITrainingData.objects.bulk_create(rows)
