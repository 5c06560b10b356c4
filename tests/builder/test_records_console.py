"""The console's pages of what is kept beside a project's documents."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from builder import sessions
from builder.models import (
    AITrainingData,
    AnalysisModel,
    BuilderSession,
    Comment,
    Project,
    QualityMeasurement,
    Template,
    TemplateAIMetadata,
    VersionHistory,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
MODELS = [
    AITrainingData, AnalysisModel, BuilderSession, Comment, QualityMeasurement,
    TemplateAIMetadata, VersionHistory,
]  # fmt: skip
READ_ONLY = [AnalysisModel, BuilderSession, QualityMeasurement, TemplateAIMetadata, VersionHistory]


@pytest.fixture
def scene(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner", user=UserFactory(is_staff=True))
    return Scene(workspace=workspace, user=owner.user)


@pytest.fixture
def console(client, scene):
    client.force_login(scene.user)
    return client


@pytest.fixture
def colleague(client, scene):
    member = MembershipFactory(
        workspace=scene.workspace, role="admin", user=UserFactory(is_staff=True)
    )
    client.force_login(member.user)
    return client


def listing(model):
    return reverse(f"admin:builder_{model._meta.model_name}_changelist")


def page_of(record, action="change", *more):
    return reverse(f"admin:builder_{record._meta.model_name}_{action}", args=[record.pk, *more])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("superuser", [False, True])
def test_every_list_search_and_record_opens(client, scene, model, superuser):
    record = scene.one(model)
    user = UserFactory(is_staff=True, is_superuser=True) if superuser else scene.user
    client.force_login(user)
    shown = client.get(listing(model))
    assert str(record.pk) in shown.content.decode()
    assert client.get(listing(model), {"q": "dune"}).status_code == 200
    assert client.get(page_of(record)).status_code == 200
    assert client.get(page_of(record), headers={"accept-language": "ar"}).status_code == 200


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_what_machines_write_is_looked_at(console, scene, model):
    record = scene.one(model)
    page = admin.site._registry[model]
    assert console.get(reverse(f"admin:builder_{model._meta.model_name}_add")).status_code == 403
    assert console.post(page_of(record), {}).status_code == 403
    assert console.post(page_of(record, "delete"), {"post": "yes"}).status_code == 403
    assert page.has_change_permission(console.get(listing(model)).wsgi_request) is False


def test_scores_are_shown_as_bars(console, scene):
    scene.one(QualityMeasurement)
    assert "hh-meter" in console.get(listing(QualityMeasurement)).content.decode()


def test_a_list_costs_the_same_however_long_it_is(console, scene):
    first = scene.one(QualityMeasurement)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert console.get(listing(QualityMeasurement)).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for _ in range(5):
        first.pk = first.id = None
        first._state.adding = True
        first.save()
    assert cost() == few


class TestSessions:
    def test_a_colleague_finds_nobodys_but_their_own(self, colleague, scene):
        record = scene.one(BuilderSession)
        assert str(record.pk) not in colleague.get(listing(BuilderSession)).content.decode()
        assert colleague.get(page_of(record)).status_code == 302

    def test_ones_own_is_paused_and_completed_after_being_asked(self, console, scene):
        record = scene.one(BuilderSession)
        for status in ("paused", "active", "completed"):
            url = page_of(record, "become", status)
            assert console.get(url).status_code == 200
            assert console.post(url, {"post": "yes"}).status_code == 302
            record.refresh_from_db()
            assert record.status == status
        assert record.duration is not None

    def test_one_that_has_ended_goes_nowhere(self, console, scene):
        record = scene.one(BuilderSession)
        sessions.cancel(session=record, now=record.started_at)
        console.post(page_of(record, "become", "active"), {"post": "yes"})
        record.refresh_from_db()
        assert record.status == "cancelled"

    def test_no_token_is_shown_or_exported(self, console, scene):
        record = scene.one(BuilderSession)
        body = {"action": "export_as_csv", "_selected_action": [str(record.pk)]}
        exported = b"".join(console.post(listing(BuilderSession), body).streaming_content).decode()
        shown = console.get(page_of(record)).content.decode()
        assert str(record.pk) in exported
        assert record.session_token not in exported + shown


class TestComments:
    def test_one_is_made_in_ones_own_name(self, console, scene):
        project = scene.one(Project)
        url = reverse("admin:builder_comment_add")
        answer = console.post(url, {"project": str(project.pk), "body": "Fees first"})
        assert answer.status_code == 302, answer.context["errors"]
        made = Comment.objects.get(body="Fees first")
        assert (made.author, made.workspace) == (scene.user, scene.workspace)

    def test_anothers_is_settled_and_not_changed(self, colleague, scene):
        record = scene.one(Comment)
        assert colleague.get(page_of(record)).status_code == 200
        assert colleague.post(page_of(record), {"body": "x"}).status_code == 403
        assert colleague.post(page_of(record, "delete"), {"post": "yes"}).status_code == 403
        for action, settled in (("resolve", True), ("reopen", False)):
            body = {"action": action, "_selected_action": [str(record.pk)]}
            assert colleague.post(listing(Comment), body).status_code == 302
            record.refresh_from_db()
            assert (record.resolved_at is not None) is settled

    def test_ones_own_words_are_changed(self, console, scene):
        record = scene.one(Comment)
        assert console.post(page_of(record), {"body": "Other words"}).status_code == 302
        record.refresh_from_db()
        assert record.body == "Other words"


class TestLearning:
    def test_the_platforms_example_is_looked_at_only(self, console, scene):
        platforms = AITrainingData.objects.create(
            source_type="component_usage", source_id="x", data_quality_score=1
        )
        assert console.get(page_of(platforms)).status_code == 200
        assert console.post(page_of(platforms), {}).status_code == 403

    def test_a_version_is_put_into_use_by_a_superuser_only(self, client, console, scene):
        old = scene.one(AnalysisModel)
        new = AnalysisModel.objects.create(name=old.name, version="2", trained_at=old.trained_at)
        body = {"action": "activate", "_selected_action": [str(new.pk)]}
        console.post(listing(AnalysisModel), body)
        new.refresh_from_db()
        assert new.is_active is False
        client.force_login(UserFactory(is_staff=True, is_superuser=True))
        assert client.post(listing(AnalysisModel), body).status_code == 302
        assert AnalysisModel.objects.get(is_active=True).pk == new.pk

    def test_a_template_shows_what_is_known_of_it(self, console, scene):
        template = scene.one(Template)
        page = console.get(page_of(template)).content.decode()
        assert "Architecture studios" in page
        assert "contact-form" in page
