import factory
from factory.django import DjangoModelFactory

from builder.models import Project
from journeys.models import Contact, Event, Lead
from tests.factories import UserFactory, WorkspaceFactory


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    workspace = factory.SubFactory(WorkspaceFactory)
    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Site {n}")
    slug = factory.Sequence(lambda n: f"site-{n}")


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    workspace = factory.SubFactory(WorkspaceFactory)


class EventFactory(DjangoModelFactory):
    """A page view of a project, by a contact of the same workspace."""

    class Meta:
        model = Event

    project = factory.SubFactory(ProjectFactory)
    workspace = factory.SelfAttribute("project.workspace")
    contact = factory.SubFactory(
        ContactFactory, workspace=factory.SelfAttribute("..project.workspace")
    )
    type = "page"
    event_name = "page_view"
    message_id = factory.Sequence(lambda n: f"message-{n}")
    anonymous_id = factory.Sequence(lambda n: f"anonymous-{n}")


class LeadFactory(DjangoModelFactory):
    class Meta:
        model = Lead

    project = factory.SubFactory(ProjectFactory)
    workspace = factory.SelfAttribute("project.workspace")
    name = "Hessa Al-Dosari"
    email = factory.Sequence(lambda n: f"hessa{n}@example.com")
