"""Projects as a person would have made them."""

import copy

import factory
from factory.django import DjangoModelFactory

from builder import library, projects
from builder.models import Project, ProjectCollaborator, Template, TemplateAIMetadata
from builder.rendering import PageScript
from tests.factories import UserFactory, WorkspaceFactory


def page_script(*, project):
    """Stands in for the hook that a floor above fills (setting BUILDER_PAGE_SCRIPTS)."""
    return PageScript(
        name="tracker.js", body=b"void 0;\n", attributes={"data-key": f"key-{project.slug}"}
    )


# What the command wrote, the first time that a test of this process wanted it.
_written = []


def built_in(slug="marram"):
    """A template of the library, as the platform's row."""
    if not Template.objects.filter(slug=slug).exists():
        _bring_the_library()
    return Template.objects.get(workspace=None, slug=slug)


def _bring_the_library():
    """As the command does, which measures each template anew; its rows are kept for next time."""
    if Template.objects.filter(workspace=None).exists() or not _written:
        library.load_templates()
        _written[:] = [
            list(Template.objects.filter(workspace=None)),
            list(TemplateAIMetadata.objects.filter(template__workspace=None)),
        ]
        return
    for rows in _written:
        type(rows[0]).objects.bulk_create(copy.deepcopy(rows))


class ProjectFactory(DjangoModelFactory):
    """A project made from a built-in template, with its pages, style and address.

    In one language, unless `locales` are asked for (None: all that the template has).
    """

    class Meta:
        model = Project

    workspace = factory.SubFactory(WorkspaceFactory)
    owner = factory.SubFactory(UserFactory)
    template = factory.LazyFunction(built_in)
    name = factory.Sequence(lambda n: f"House {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return projects.create_from_template(*args, **{"locales": (), **kwargs})


class CollaboratorFactory(DjangoModelFactory):
    class Meta:
        model = ProjectCollaborator

    project = factory.SubFactory(ProjectFactory)
    workspace = factory.SelfAttribute("project.workspace")
    user = factory.SubFactory(UserFactory)
    role = "viewer"
