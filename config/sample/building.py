"""The sample's workspace: its owner, a published site, and the form's workflow."""

from dataclasses import dataclass

from accounts import people, workspaces
from accounts.models import User, Workspace
from builder import projects, publishing
from builder.library import load_templates
from builder.models import ComponentIntelligence, Project, Template
from journeys.workflows import connections, recipes

OWNER = "owner@sample.halfhour.example"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the sample's data go; `password` is the owner's if the account was just made."""

    workspace: Workspace
    owner: User
    project: Project
    password: str


def build(*, slug: str, name: str, template: str) -> Place:
    """Make the workspace, its site from the template, published, and its form connected."""
    owner, password = User.objects.filter(email=OWNER).first(), ""
    if owner is None:
        owner, password = people.make(
            email=OWNER, first_name="Layan", last_name="Haddad", is_staff=True
        )
    workspace = workspaces.create(owner=owner, name=name, slug=slug, subscription_tier="enterprise")
    load_templates()
    project = projects.create_from_template(
        workspace=workspace,
        owner=owner,
        template=Template.objects.get(slug=template, workspace=None),
        name=name,
    )
    workflow = recipes.lead_capture(project=project)
    form = ComponentIntelligence.objects.filter(
        project=project, component_type=ComponentIntelligence.Type.CONTACT_FORM
    )[0]
    connections.connect(project=project, component_id=form.component_id, workflow=workflow)
    publishing.publish(project=project, user=owner)
    project.refresh_from_db()
    return Place(workspace=workspace, owner=owner, project=project, password=password)
