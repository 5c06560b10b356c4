"""Training data, measurements, models and metadata over the API."""

import pytest
from rest_framework.test import APIClient

from accounts.keys import issue_key
from builder.models import AITrainingData, AnalysisModel, QualityMeasurement, TemplateAIMetadata
from tests.builder.factories import ProjectFactory
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
API = "/api/v1"
TRAINING = f"{API}/training-data/"


def client_of(membership, kind="personal"):
    user = membership.user if kind == "personal" else None
    _key, secret = issue_key(workspace=membership.workspace, kind=kind, name="t", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def example(number=1, **changes):
    return {
        "source_type": "user_feedback",
        "source_id": f"suggestion-{number}",
        "input_data": {"type": "contact_form"},
        "expected_output": {"workflow": "lead_capture"},
        "data_quality_score": 0.9,
        **changes,
    }


class TestTrainingData:
    def test_many_at_once_each_with_its_answer(self, api, member, project):
        items = [
            example(1, project=str(project.pk)),
            example(2, data_quality_score=7),
            example(3, project=str(ProjectFactory().pk)),
            example(4, user_feedback_score=10),
        ]
        answer = api.post(f"{TRAINING}bulk/", {"items": items}).json()
        told = [each["status"] for each in answer["results"]]
        assert told == ["created", "error", "error", "created"], answer
        assert (answer["created"], answer["failed"]) == (2, 2)
        kept = AITrainingData.objects.order_by("source_id")
        assert [row.source_id for row in kept] == ["suggestion-1", "suggestion-4"]
        assert {row.user_id for row in kept} == {member.user_id}
        assert {row.workspace_id for row in kept} == {member.workspace_id}

    def test_what_training_says_is_not_the_clients(self, api):
        body = example(used_in_training=True, training_batch_id="b", model_accuracy_after=1)
        made = api.post(TRAINING, body).json()
        assert (made["used_in_training"], made["training_batch_id"]) == (False, "")
        assert made["model_accuracy_after"] is None

    def test_the_platforms_are_read_and_not_written(self, api):
        platforms = AITrainingData.objects.create(
            source_type="component_usage", source_id="x", data_quality_score=1
        )
        one = f"{TRAINING}{platforms.pk}/"
        assert api.get(one).status_code == 200
        assert api.patch(one, {"is_validated": True}).status_code == 404
        assert api.delete(one).status_code == 404

    @pytest.mark.parametrize(
        ("role", "status"), [("viewer", 403), ("analyst", 403), ("editor", 201)]
    )
    def test_editors_write(self, workspace, role, status):
        client = client_of(MembershipFactory(workspace=workspace, role=role))
        assert client.post(TRAINING, example()).status_code == status
        assert client.get(TRAINING).status_code == 200

    def test_a_servers_program_writes_in_nobodys_name(self, member):
        made = client_of(member, kind="server").post(TRAINING, example())
        assert made.json()["user"] is None


class TestWhatIsOnlyRead:
    @pytest.fixture
    def scene(self, member):
        return Scene(workspace=member.workspace, user=member.user)

    @pytest.mark.parametrize(
        ("path", "model", "query"),
        [
            ("quality-measurements", QualityMeasurement, {"engine": "axe-core"}),
            ("analysis-models", AnalysisModel, {"is_active": "true"}),
            ("template-metadata", TemplateAIMetadata, {}),
        ],
    )
    def test_it_is_listed_and_read_and_not_written(self, api, scene, path, model, query):
        record = scene.one(model)
        url = f"{API}/{path}/"
        listed = api.get(url, query).json()["results"]
        assert str(record.pk) in [each["id"] for each in listed]
        assert api.get(f"{url}{record.pk}/").json()["id"] == str(record.pk)
        for answer in (api.post(url, {}), api.patch(f"{url}{record.pk}/", {})):
            assert answer.status_code == 405

    def test_measurements_are_their_workspaces(self, scene):
        record = scene.one(QualityMeasurement)
        stranger = client_of(MembershipFactory(role="owner"))
        url = f"{API}/quality-measurements/"
        assert stranger.get(url).json()["results"] == []
        assert stranger.get(f"{url}{record.pk}/").status_code == 404

    def test_a_template_is_shown_with_what_is_known_of_it(self, api, scene):
        record = scene.one(TemplateAIMetadata)
        query = {"slug": "marram", "expand": "metadata"}
        (shown,) = api.get(f"{API}/templates/", query).json()["results"]
        assert shown["metadata"]["estimated_setup_time"] == record.estimated_setup_time


@pytest.mark.parametrize(
    ("path", "expand"),
    [
        ("projects", "template,current_sitemap,live_release"),
        ("sitemaps", "project"),
        ("wireframes", "sitemap"),
        ("style-guides", "wireframe"),
        ("components", "project,wireframe,template"),
        ("releases", "project"),
        ("site-addresses", "project"),
    ],
)
def test_relations_are_opened_on_request(api, project, path, expand):
    from builder import publishing

    publishing.publish(project=project, user=None)
    (row, *_) = api.get(f"{API}/{path}/", {"expand": expand}).json()["results"]
    for name in expand.split(","):
        assert row[name]["id"], name


def test_projects_are_searched_and_put_in_order(api, project):
    ProjectFactory(workspace=project.workspace, owner=project.owner, name="Alder Hut")

    def names(**query):
        return [each["name"] for each in api.get(f"{API}/projects/", query).json()["results"]]

    assert names(search="alder") == ["Alder Hut"]
    assert names(ordering="name") == ["Alder Hut", "Dune House"]
    assert names(owner=project.owner_id, ordering="-name") == ["Dune House", "Alder Hut"]
    assert names(ordering="updated_at") == ["Dune House", "Alder Hut"]
    assert api.get(f"{API}/projects/", {"ordering": "description"}).status_code == 400
