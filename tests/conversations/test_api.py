"""Conversations, knowledge and insights over the API, by role."""

import pytest
from rest_framework.test import APIClient

from accounts.keys import issue_key
from conversations import knowledge, lifecycle, turns
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationState,
    ConversationTurn,
    KnowledgeChunk,
    KnowledgeDocument,
    MarketingInsight,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

ROUTES = {
    "conversations": Conversation,
    "turns": ConversationTurn,
    "states": ConversationState,
    "marketing-insights": MarketingInsight,
}


def client_of(workspace, role, user=None):
    if role == "server":
        _key, secret = issue_key(workspace=workspace, kind="server", name="tests")
    else:
        member = user or MembershipFactory(workspace=workspace, role=role).user
        _key, secret = issue_key(workspace=workspace, kind="personal", name="tests", user=member)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def scene(member):
    """The rows of `api`'s own user, an editor."""
    return Scene(workspace=member.workspace, user=member.user)


def address(route, record=None, verb=""):
    middle = f"{record.pk}/" if record is not None else ""
    return f"/api/v1/{route}/{middle}{verb and verb + '/'}"


@pytest.mark.parametrize(("route", "model"), ROUTES.items())
def test_ones_own_is_read_by_oneself_and_by_those_above(api, scene, route, model):
    record = scene.one(model)
    assert [row["id"] for row in api.get(address(route)).json()["results"]] == [str(record.pk)]
    for role, status in (("admin", 200), ("server", 200), ("editor", 404), ("viewer", 404)):
        client = client_of(scene.workspace, role)
        assert client.get(address(route, record)).status_code == status, role
        assert len(client.get(address(route)).json()["results"]) == (status == 200)
    stranger = client_of(MembershipFactory().workspace, "owner")
    assert stranger.get(address(route, record)).status_code == 404


def test_a_conversation_is_begun_named_judged_and_ended(api, member):
    begun = api.post(
        address("conversations"),
        {"title": "Ramadan", "conversation_type": "campaign_planning", "status": "completed"},
        format="json",
    )
    assert begun.status_code == 201, begun.json()
    body = begun.json()
    assert (body["user"], body["status"], body["is_active"]) == (
        str(member.user.pk),
        "active",
        True,
    )
    talk = Conversation.objects.get(pk=body["id"])
    assert talk.states.get().state_name == "initial"
    change = {"user_satisfaction_score": 9, "user_feedback": "Good", "total_turns": 99}
    changed = api.patch(address("conversations", talk), change, format="json").json()
    assert (changed["user_satisfaction_score"], changed["total_turns"]) == (9, 0)
    ended = api.post(address("conversations", talk, "complete"), {}, format="json").json()
    assert (ended["is_completed"], ended["completion_reason"]) == (True, "user_ended")
    assert ended["duration_minutes"] == 0
    refused = api.post(address("conversations", talk, "abandon"))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/status"
    assert api.post(address("conversations", talk, "reopen")).json()["status"] == "active"


@pytest.mark.parametrize("score", [0, 11, "good"])
def test_a_judgement_out_of_range_is_told_where(api, scene, score):
    talk = scene.one(Conversation)
    refused = api.patch(
        address("conversations", talk), {"user_satisfaction_score": score}, format="json"
    )
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/user_satisfaction_score"


def test_nobody_writes_into_anothers_conversation(scene):
    talk = scene.one(Conversation)
    for role in ("owner", "admin", "server"):
        client = client_of(scene.workspace, role)
        patch = client.patch(address("conversations", talk), {"title": "Mine"}, format="json")
        assert patch.status_code == 403, role
        assert client.post(address("conversations", talk, "complete")).status_code == 403
    assert client_of(scene.workspace, "server").post(address("conversations")).status_code == 403


def test_a_session_that_is_taken_is_told(api, scene):
    talk = scene.one(Conversation)
    refused = api.post(address("conversations"), {"session_id": talk.session_id}, format="json")
    assert refused.status_code in (400, 409, 422)


@pytest.mark.parametrize("route", ["turns", "states", "agent-interactions", "knowledge-chunks"])
def test_what_machines_write_is_written_by_no_one_else(scene, route):
    owner = client_of(scene.workspace, "owner")
    assert owner.post(address(route), {}, format="json").status_code == 405


def test_turns_are_read_with_their_conversation(api, scene):
    talk = scene.one(Conversation)
    turns.add_turn(conversation=talk, role="user", content="First")
    lifecycle.start(workspace=scene.workspace, user=scene.user)
    found = api.get(address("turns"), {"conversation": str(talk.pk), "expand": "conversation"})
    (row,) = found.json()["results"]
    assert (row["content"], row["conversation"]["title"]) == ("First", talk.title)


@pytest.mark.parametrize(
    ("role", "status"),
    [("owner", 200), ("admin", 200), ("analyst", 200), ("editor", 403), ("server", 403)],
)
def test_agents_work_is_read_by_those_who_look_after_them(scene, role, status):
    record = scene.one(AgentInteraction)
    client = client_of(scene.workspace, role)
    assert client.get(address("agent-interactions", record)).status_code == status


DOCUMENT = {"title": "Nights", "body": "Long evenings.", "category": "market_trends"}


def test_editors_teach_the_consultant(api):
    made = api.post(address("knowledge-documents"), DOCUMENT | {"tags": ["Ramadan"]}, format="json")
    assert made.status_code == 201
    assert made.json()["tags"] == ["ramadan"]
    found = api.get(address("knowledge-documents"), {"search": "evening"}).json()["results"]
    assert [row["id"] for row in found] == [made.json()["id"]]
    (piece,) = api.get(address("knowledge-chunks"), {"expand": "document"}).json()["results"]
    assert (piece["text"], piece["document"]["title"]) == ("Long evenings.", "Nights")
    document = KnowledgeDocument.objects.get()
    api.patch(address("knowledge-documents", document), {"body": "Short days."}, format="json")
    assert document.chunks.get().text == "Short days."
    assert api.delete(address("knowledge-documents", document)).status_code == 204
    assert not KnowledgeChunk.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_others_read_only(workspace, role):
    client = client_of(workspace, role)
    assert client.get(address("knowledge-documents")).status_code == 200
    assert client.post(address("knowledge-documents"), DOCUMENT, format="json").status_code == 403


def test_the_platforms_documents_are_read_and_not_changed(api):
    platform = knowledge.save(document=KnowledgeDocument(**DOCUMENT))
    assert api.get(address("knowledge-documents", platform)).status_code == 200
    change = api.patch(address("knowledge-documents", platform), {"title": "Ours"}, format="json")
    assert change.status_code == 403
    assert api.delete(address("knowledge-documents", platform)).status_code == 403


def test_no_answer_has_a_vector(api, scene):
    scene.one(KnowledgeChunk)
    for answer in (
        api.get(address("knowledge-chunks")),
        api.get(address("knowledge-chunks", scene.one(KnowledgeChunk))),
    ):
        assert '"embedding"' not in answer.content.decode()


def test_an_insight_is_judged_and_moved_by_its_user(api, scene):
    insight = scene.one(MarketingInsight)
    done = api.patch(
        address("marketing-insights", insight),
        {"user_rating": 5, "implemented": True, "confidence_score": 1.0},
        format="json",
    ).json()
    assert (done["status"], done["implemented"], done["user_rating"]) == ("implemented", True, 5)
    assert done["implementation_date"] is not None
    assert done["confidence_score"] == 0.8
    undone = api.post(address("marketing-insights", insight, "restore")).json()
    assert (undone["status"], undone["implementation_date"]) == ("active", None)
    assert (
        api.post(address("marketing-insights", insight, "dismiss")).json()["status"] == "dismissed"
    )
    refused = api.post(address("marketing-insights", insight, "implement"))
    assert refused.status_code == 422
    admin = client_of(scene.workspace, "admin")
    assert admin.post(address("marketing-insights", insight, "restore")).status_code == 403


def test_a_status_and_a_flag_that_disagree_are_refused(api, scene):
    refused = api.patch(
        address("marketing-insights", scene.one(MarketingInsight)),
        {"status": "dismissed", "implemented": True},
        format="json",
    )
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/implemented"


def test_nobody_makes_insights_over_the_api(api):
    assert api.post(address("marketing-insights"), {}, format="json").status_code == 405
