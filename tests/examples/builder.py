"""A published site of the first template."""

import datetime
import io

from django.utils import timezone
from PIL import Image as Pillow

from accounts import tenancy
from builder import domains, projects, publishing, redirects, sessions, site_passwords, versioning
from builder.images import library
from builder.models import (
    AITrainingData,
    AnalysisModel,
    BinnedProject,
    BuilderSession,
    Comment,
    CommentMention,
    ComponentIntelligence,
    Image,
    ImageRendition,
    Project,
    ProjectCollaborator,
    QualityMeasurement,
    Release,
    ReleaseFile,
    ReleaseSchedule,
    SiteAddress,
    SiteDomain,
    Sitemap,
    SitePassword,
    SiteRedirect,
    StyleGuide,
    Template,
    TemplateAIMetadata,
    VersionHistory,
    Wireframe,
)
from tests.builder.factories import built_in
from tests.examples import Scene, example
from tests.factories import UserFactory


@example(Template)
def template(scene: Scene) -> Template:
    return built_in("marram")


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


@example(SiteDomain)
def domain(scene: Scene) -> SiteDomain:
    host = f"www.{scene.workspace.slug}.example.com"
    return domains.claim(project=scene.one(Project), host=host)


@example(SiteRedirect)
def site_redirect(scene: Scene) -> SiteRedirect:
    made = SiteRedirect(
        workspace=scene.workspace, project=scene.one(Project), from_path="/old-menu", to="/contact"
    )
    return redirects.save(redirect=made)


@example(Image)
def image(scene: Scene) -> Image:
    drawn, file = Pillow.new("RGB", (64, 48), "#3d4a12"), io.BytesIO()
    drawn.save(file, "PNG")
    file.seek(0)
    made, _is_new = library.upload(
        workspace_id=scene.workspace.pk,
        project=scene.one(Project),
        file=file,
        filename="moss.png",
        alt={"en": "Moss", "ar": "طحلب"},
        user=scene.user,
    )
    return made


@example(ImageRendition)
def image_rendition(scene: Scene) -> ImageRendition:
    return ImageRendition.objects.filter(image=scene.one(Image)).order_by("format")[0]


@example(SitePassword)
def site_password(scene: Scene) -> SitePassword:
    return site_passwords.set_password(project=scene.one(Project), password="before the opening")


@example(Release)
def release(scene: Scene) -> Release:
    return Release.objects.get(project=scene.one(Project))


@example(ReleaseFile)
def release_file(scene: Scene) -> ReleaseFile:
    scene.one(Project)
    return ReleaseFile.objects.filter(workspace=scene.workspace)[0]


@example(ReleaseSchedule)
def schedule(scene: Scene) -> ReleaseSchedule:
    return ReleaseSchedule.objects.create(
        workspace=scene.workspace,
        project=scene.one(Project),
        due_at=timezone.now() + datetime.timedelta(days=1),
        note="With the new fees",
        created_by=scene.user,
    )


@example(TemplateAIMetadata)
def template_metadata(scene: Scene) -> TemplateAIMetadata:
    return TemplateAIMetadata.objects.get(template=scene.one(Template))


@example(BuilderSession)
def builder_session(scene: Scene) -> BuilderSession:
    session = sessions.create(
        user=scene.user,
        workspace_id=scene.workspace.pk,
        project=scene.one(Project),
        ip_address="203.0.113.9",
        user_agent="Firefox",
    )
    return sessions.update_progress(
        session=session,
        changes={
            "current_step": "wireframe-design",
            "progress": {"completed": 25, "total": 100},
        },
    )


@example(VersionHistory)
def version(scene: Scene) -> VersionHistory:
    project = scene.one(Project)
    with tenancy.owner(reason="example", user_id=scene.user.pk):
        return versioning.save_named(entity=project, message="Before the season")


@example(Comment)
def comment(scene: Scene) -> Comment:
    return Comment.objects.create(
        workspace=scene.workspace,
        project=scene.one(Project),
        author=scene.user,
        body="The fees should stand above the fold.",
    )


@example(CommentMention)
def mention(scene: Scene) -> CommentMention:
    return CommentMention.objects.create(
        workspace=scene.workspace, comment=scene.one(Comment), user=scene.user
    )


@example(BinnedProject)
def binned_project(scene: Scene) -> BinnedProject:
    """A draft that was never live, without pages."""
    made = Project.objects.create(
        workspace=scene.workspace,
        owner=scene.user,
        name="Old Mill",
        slug="old-mill",
        status=Project.Status.ARCHIVED,
        trashed_at=timezone.now(),
        trashed_by=scene.user,
        trashed_status=Project.Status.DRAFT,
    )
    return BinnedProject.objects.get(pk=made.pk)


@example(QualityMeasurement)
def measurement(scene: Scene) -> QualityMeasurement:
    return QualityMeasurement.objects.create(
        workspace=scene.workspace,
        project=scene.one(Project),
        component_intelligence=scene.one(ComponentIntelligence),
        version_number=1,
        engine="axe-core",
        engine_version="4.10",
        raw={"violations": []},
        accessibility_score=100,
        semantic_score=92.5,
    )


@example(AITrainingData)
def training_data(scene: Scene) -> AITrainingData:
    return AITrainingData.objects.create(
        workspace=scene.workspace,
        source_type="user_feedback",
        source_id=str(scene.one(ComponentIntelligence).pk),
        input_data={"type": "contact_form"},
        expected_output={"workflow": "lead_capture"},
        data_quality_score=0.9,
        component_type="contact_form",
        user_feedback_score=8,
        user=scene.user,
        project=scene.one(Project),
    )


@example(AnalysisModel)
def analysis_model(scene: Scene) -> AnalysisModel:
    model, _made = AnalysisModel.objects.get_or_create(
        name="component-analysis",
        version="1",
        defaults={"trained_at": timezone.now(), "metrics": {"accuracy": 0.81}, "is_active": True},
    )
    return model
