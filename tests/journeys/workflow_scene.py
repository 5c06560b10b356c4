"""A site with a contact form, and what happens to it."""

import datetime
import itertools

from django.utils import timezone

from accounts.models import Workspace
from builder.models import ComponentIntelligence, Project, Sitemap, Wireframe
from journeys.models import Contact, Workflow, WorkflowExecution
from tests.factories import MembershipFactory, WorkspaceFactory

EVENT_IDS = itertools.count(1)
NOW = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)
FORM = {"name": "Sara Al-Amri", "email": "sara@visitors.example", "message": "Do you deliver?"}


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now: datetime.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += datetime.timedelta(**span)


def make_project(
    workspace: Workspace | None = None, *, name: str = "Dune Coffee", language: str = "en"
) -> Project:
    workspace = workspace or WorkspaceFactory()
    owner = MembershipFactory(workspace=workspace, role="owner").user
    return Project.objects.create(
        workspace=workspace,
        owner=owner,
        name=name,
        slug=f"site-{next(EVENT_IDS)}",
        language=language,
    )


def make_component(project: Project, component_id: str = "ContactForm-1") -> ComponentIntelligence:
    sitemap = Sitemap.objects.create(
        workspace=project.workspace, project=project, title="Pages", pages={}
    )
    page = Wireframe.objects.create(
        workspace=project.workspace, sitemap=sitemap, page_key="home", title="Home", layout={}
    )
    return ComponentIntelligence.objects.create(
        workspace=project.workspace,
        project=project,
        wireframe=page,
        component_id=component_id,
        component_type="contact_form",
    )


def make_contact(workspace: Workspace, email: str = FORM["email"]) -> Contact:
    return Contact.objects.create(workspace=workspace, email=email, traits={"name": FORM["name"]})


def make_workflow(project: Project, *steps: dict, status: str = "active") -> Workflow:
    return Workflow.objects.create(
        workspace=project.workspace,
        project=project,
        name="Contact form",
        status=status,
        definition={"steps": list(steps)},
    )


def make_execution(workflow: Workflow, *, now=NOW, form=None, **fields) -> WorkflowExecution:
    """A pending execution of the workflow, as if its form had just been sent."""
    values = {
        "workspace": workflow.workspace,
        "workflow": workflow,
        "project": workflow.project,
        "definition": workflow.definition,
        "event_id": next(EVENT_IDS),
        "triggered_at": now,
        "due_at": now,
        "component_id": "ContactForm-1",
        "trigger_data": {"fields": FORM if form is None else form},
        **fields,
    }
    if "contact" not in values:
        values["contact"] = make_contact(workflow.workspace)
    return WorkflowExecution.objects.create(**values)


def just_now() -> datetime.datetime:
    return timezone.now()
