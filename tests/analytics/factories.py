"""What roll-ups count: page views and leads of a bare project."""

import factory
from factory.django import DjangoModelFactory

from builder.models import Project
from tests.factories import UserFactory, WorkspaceFactory
from tests.journeys import factories as journeys


class ProjectFactory(DjangoModelFactory):
    """A project without pages: roll-ups ask for none."""

    class Meta:
        model = Project

    workspace = factory.SubFactory(WorkspaceFactory)
    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Site {n}")
    slug = factory.Sequence(lambda n: f"site-{n}")


class EventFactory(journeys.EventFactory):
    project = factory.SubFactory(ProjectFactory)
    contact = factory.SubFactory(
        journeys.ContactFactory, workspace=factory.SelfAttribute("..project.workspace")
    )
    anonymous_id = factory.Sequence(lambda n: f"anonymous-{n}")


class LeadFactory(journeys.LeadFactory):
    project = factory.SubFactory(ProjectFactory)
    contact = factory.SubFactory(
        journeys.ContactFactory, workspace=factory.SelfAttribute("..project.workspace")
    )
