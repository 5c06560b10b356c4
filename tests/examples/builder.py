"""A published site of the first template."""

from builder import projects, publishing
from builder.library import load_templates
from builder.models import (
    ComponentIntelligence,
    Project,
    ProjectCollaborator,
    Release,
    ReleaseFile,
    SiteAddress,
    Sitemap,
    StyleGuide,
    Template,
    Wireframe,
)
from tests.examples import Scene, example
from tests.factories import UserFactory


@example(Template)
def template(scene: Scene) -> Template:
    load_templates()
    return Template.objects.get(slug="marram", workspace=None)


@example(Project)
def project(scene: Scene) -> Project:
    made = projects.create_from_template(
        workspace=scene.workspace,
        owner=scene.user,
        template=scene.one(Template),
        name="Their site",
    )
    publishing.publish(project=made, user=scene.user)
    return made


@example(ProjectCollaborator)
def collaborator(scene: Scene) -> ProjectCollaborator:
    return ProjectCollaborator.objects.create(
        workspace=scene.workspace, project=scene.one(Project), user=UserFactory(), role="viewer"
    )


@example(Sitemap)
def sitemap(scene: Scene) -> Sitemap:
    return Sitemap.objects.get(project=scene.one(Project))


@example(Wireframe)
def wireframe(scene: Scene) -> Wireframe:
    return Wireframe.objects.get(sitemap__project=scene.one(Project), page_key="home")


@example(StyleGuide)
def style_guide(scene: Scene) -> StyleGuide:
    return StyleGuide.objects.filter(wireframe__sitemap__project=scene.one(Project))[0]


@example(ComponentIntelligence)
def component(scene: Scene) -> ComponentIntelligence:
    return ComponentIntelligence.objects.get(
        project=scene.one(Project), component_type="contact_form"
    )


@example(SiteAddress)
def address(scene: Scene) -> SiteAddress:
    return SiteAddress.objects.filter(project=scene.one(Project))[0]


@example(Release)
def release(scene: Scene) -> Release:
    return Release.objects.get(project=scene.one(Project))


@example(ReleaseFile)
def release_file(scene: Scene) -> ReleaseFile:
    scene.one(Project)
    return ReleaseFile.objects.filter(workspace=scene.workspace)[0]
