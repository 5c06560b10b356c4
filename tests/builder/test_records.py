"""Versions, comments, measurements, training data, models: the rules that the database holds."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.tenancy import tenant
from builder.models import (
    AITrainingData,
    AnalysisModel,
    Comment,
    ComponentIntelligence,
    Project,
    QualityMeasurement,
    Release,
    Sitemap,
    TemplateAIMetadata,
    VersionHistory,
)
from tests.builder.factories import CollaboratorFactory
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


BROKEN = [
    (Project, "type = 'blog'", "builder_project_type"),
    (Project, "status = 'gone', live_release_id = null", "builder_project_status"),
    (ComponentIntelligence, "component_type = 'carousel'", "component_type"),
    (ComponentIntelligence, "analysis_status = 'done'", "analysis_status"),
    (ComponentIntelligence, "quality_score = 101", "quality_score"),
    (ComponentIntelligence, "confidence_score = 1.1", "confidence_score"),
    (Comment, "body = ''", "builder_comment_body"),
    *((QualityMeasurement, f"{name} = {value}", name) for name in (
        "accessibility_score", "performance_score", "responsive_score", "usability_score",
        "semantic_score", "color_variance_score", "typography_consistency_score",
        "spacing_consistency_score", "component_alignment_score", "overall_consistency_score",
    ) for value in (-1, 100.5, "'NaN'")),
    (QualityMeasurement, "version_number = 0", "version_number"),
    (QualityMeasurement, "engine = ''", "engine"),
    (AITrainingData, "source_type = 'hearsay'", "source_type"),
    (AITrainingData, "component_type = 'carousel'", "component_type"),
    (AITrainingData, "data_quality_score = 1.01", "data_quality_score"),
    (AITrainingData, "model_accuracy_before = -0.1", "model_accuracy_before"),
    (AITrainingData, "model_accuracy_after = 2", "model_accuracy_after"),
    (AITrainingData, "user_feedback_score = 11", "user_feedback_score"),
    (AITrainingData, "used_in_training = true", "used_at_a_time"),
    (AITrainingData, "workspace_id = null", "project_of_workspace"),
    (TemplateAIMetadata, "predicted_conversion_rate = 1.2", "predicted_conversion_rate"),
    (TemplateAIMetadata, "predicted_engagement_score = 120", "predicted_engagement_score"),
    (TemplateAIMetadata, "actual_conversion_rate = -1", "actual_conversion_rate"),
    (TemplateAIMetadata, "actual_engagement_score = -1", "actual_engagement_score"),
    (TemplateAIMetadata, "ai_confidence_score = 2", "ai_confidence_score"),
    (TemplateAIMetadata, "usage_satisfaction = 0", "usage_satisfaction"),
]  # fmt: skip


def test_values_out_of_their_range_are_refused(scene):
    taken = []
    for model, change, rule in BROKEN:
        record = scene.one(model)
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            sql(f"update {model._meta.db_table} set {change} where id = %s", record.pk)  # noqa: S608
        if rule not in str(refused.value):
            taken.append(f"{model.__name__}: {change}: {refused.value}")
    assert taken == []


class TestVersions:
    def again(self, version, **changes):
        fields = {
            name: getattr(version, name)
            for name in ("workspace", "project", "entity_type", "entity_id", "version_number")
        }
        with transaction.atomic():
            return VersionHistory.objects.create(**{**fields, **changes})

    @pytest.mark.parametrize(
        ("changes", "rule"),
        [
            ({}, "number_once"),
            ({"entity_type": "releases", "version_number": 2}, "entity_type"),
            ({"version_number": 0}, "version_number"),
            ({"entity_id": "0199c2d4-5b7e-7000-8000-000000000001"}, "of_its_project"),
        ],
    )
    def test_a_version_has_its_number_once_and_a_kind(self, scene, changes, rule):
        with pytest.raises(IntegrityError, match=rule):
            self.again(scene.one(VersionHistory), **changes)

    def test_versions_of_a_document_are_found_by_it(self, scene):
        version, sitemap = scene.one(VersionHistory), scene.one(Sitemap)
        assert [each.entity_id for each in VersionHistory.objects.of(sitemap)] == [sitemap.pk]
        assert version in VersionHistory.objects.of(scene.one(Project))
        with pytest.raises(KeyError):
            VersionHistory.objects.of(scene.one(Release))

    def test_a_version_is_never_changed_but_its_author_may_go(self, scene):
        version = scene.one(VersionHistory)
        for change in ("message = 'x'", "data = '{}'", f"user_id = '{UserFactory().pk}'"):
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
                sql(f"update builder_versionhistory set {change}")  # noqa: S608
        assert VersionHistory.objects.filter(pk=version.pk).update(user=None) == 1

    def test_no_tenant_writes_versions(self, scene):
        scene.one(VersionHistory)
        for statement in ("update builder_versionhistory set message = message",
                          "delete from builder_versionhistory"):  # fmt: skip
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                tenant(workspace_id=scene.workspace.pk, user_id=scene.user.pk, role="owner"),
            ):
                sql(statement)

    def test_they_go_with_their_project(self, scene):
        scene.one(VersionHistory)
        from builder import projects

        projects.remove(project=scene.one(Project))
        assert not VersionHistory.objects.exists()


@pytest.mark.parametrize("model", [VersionHistory, Comment, QualityMeasurement])
def test_a_collaborator_sees_what_belongs_to_the_project(scene, model):
    record = scene.one(model)
    guest = MembershipFactory(role="owner")
    scope = {"workspace_id": guest.workspace_id, "user_id": guest.user_id, "role": "owner"}
    with tenant(**scope):
        assert not model.objects.exists()
    CollaboratorFactory(project=scene.one(Project), user=guest.user)
    with tenant(**scope):
        assert record in model.objects.all()
        assert set(model.objects.values_list("project_id", flat=True)) == {record.project_id}


class TestComments:
    def scope(self, scene, user, role="editor"):
        return tenant(workspace_id=scene.workspace.pk, user_id=user.pk, role=role)

    def test_only_ones_own_words_are_changed(self, scene):
        comment, other = scene.one(Comment), UserFactory()
        with (
            pytest.raises(ProgrammingError, match="its author's to change"),
            self.scope(scene, other, "owner"),
        ):
            sql("update builder_comment set body = 'mine'")
        with self.scope(scene, other):
            assert sql("delete from builder_comment") == 0
            assert sql("update builder_comment set resolved_at = now()") == 1
        with self.scope(scene, scene.user):
            assert sql("update builder_comment set body = 'mine'") == 1
            assert sql("delete from builder_comment") == 1
        assert not Comment.objects.filter(pk=comment.pk).exists()

    def test_nobody_comments_in_anothers_name(self, scene):
        project = scene.one(Project)
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            self.scope(scene, UserFactory()),
        ):
            Comment.objects.create(
                workspace=scene.workspace, project=project, author=scene.user, body="x"
            )

    def test_analysts_comment_and_viewers_do_not(self, scene):
        project, user = scene.one(Project), UserFactory()
        fields = {"workspace": scene.workspace, "project": project, "author": user, "body": "x"}
        with self.scope(scene, user, "analyst"):
            Comment.objects.create(**fields)
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            self.scope(scene, user, "viewer"),
        ):
            Comment.objects.create(**fields)

    def test_a_guest_comments_where_they_edit(self, scene):
        project, guest = scene.one(Project), MembershipFactory(role="owner")
        work = CollaboratorFactory(project=project, user=guest.user)
        fields = {"workspace": scene.workspace, "project": project, "author": guest.user}
        scope = {"workspace_id": guest.workspace_id, "user_id": guest.user_id, "role": "owner"}
        with pytest.raises(ProgrammingError, match="row-level security"), tenant(**scope):
            Comment.objects.create(**fields, body="x")
        work.role = "editor"
        work.save()
        with tenant(**scope):
            Comment.objects.create(**fields, body="x")


class TestSharedAndGlobal:
    def test_the_platforms_examples_are_read_and_not_written(self, scene):
        scene.one(AITrainingData)
        platforms = AITrainingData.objects.create(
            source_type="template_performance", source_id="marram", data_quality_score=1
        )
        elsewhere = MembershipFactory(role="owner")
        with tenant(workspace_id=elsewhere.workspace_id, role="editor"):
            assert list(AITrainingData.objects.all()) == [platforms]
            assert AITrainingData.objects.update(is_validated=True) == 0
            assert AITrainingData.objects.all().delete()[0] == 0

    def test_an_example_names_no_project_of_another_workspace(self, scene):
        elsewhere = MembershipFactory().workspace
        scene.one(AITrainingData)
        with pytest.raises(IntegrityError, match="project_id_workspace"), transaction.atomic():
            AITrainingData.objects.update(workspace=elsewhere)

    def test_one_version_of_a_model_is_in_use(self, scene):
        model = scene.one(AnalysisModel)
        fields = {"name": model.name, "trained_at": model.trained_at}
        with pytest.raises(IntegrityError, match="one_in_use"), transaction.atomic():
            AnalysisModel.objects.create(**fields, version="2", is_active=True)
        with pytest.raises(IntegrityError, match="version_once"), transaction.atomic():
            AnalysisModel.objects.create(**fields, version=model.version)
        AnalysisModel.objects.create(**fields, version="2")

    @pytest.mark.parametrize("model", [AnalysisModel, TemplateAIMetadata])
    def test_what_is_the_platforms_is_read_by_all_and_written_by_none(self, scene, model):
        scene.one(model)
        elsewhere = MembershipFactory(role="owner")
        with tenant(workspace_id=elsewhere.workspace_id, role="owner"):
            assert model.objects.exists()
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            tenant(workspace_id=elsewhere.workspace_id, role="owner"),
        ):
            model.objects.all().update(updated_at=None)

    def test_the_metadata_of_a_workspaces_own_template_is_its_own(self, scene):
        metadata = scene.one(TemplateAIMetadata)
        metadata.template.__class__.objects.filter(pk=metadata.template_id).update(
            workspace=scene.workspace
        )
        elsewhere = MembershipFactory(role="owner")
        with tenant(workspace_id=elsewhere.workspace_id, role="owner"):
            assert not TemplateAIMetadata.objects.filter(pk=metadata.pk).exists()
        with tenant(workspace_id=scene.workspace.pk, role="viewer"):
            assert TemplateAIMetadata.objects.filter(pk=metadata.pk).exists()
