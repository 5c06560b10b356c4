"""Conversations are one's own: a colleague reads nothing of them, owners and admins do."""

import pytest
from django.db import DatabaseError, ProgrammingError, transaction

from accounts.tenancy import tenant
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
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

OWN = [Conversation, ConversationTurn, ConversationState, MarketingInsight]


@pytest.fixture
def scene(db):
    """An editor's conversation, with all that belongs to it."""
    member = MembershipFactory(role="editor")
    made = Scene(workspace=member.workspace, user=member.user)
    for model in (*OWN, AgentInteraction, KnowledgeChunk):
        made.one(model)
    return made


def acting(scene, role, user=None):
    person = user or MembershipFactory(workspace=scene.workspace, role=role).user
    return tenant(workspace_id=scene.workspace.pk, user_id=person.pk, role=role)


def counts(models):
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.parametrize("role", ["editor", "analyst", "viewer"])
def test_a_colleague_reads_nothing_of_it(scene, role):
    with acting(scene, role):
        assert set(counts(OWN).values()) == {0}


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_owners_and_admins_read_it_and_change_none_of_the_words(scene, role):
    turn = scene.one(ConversationTurn)
    with acting(scene, role):
        assert set(counts(OWN).values()) == {1}
        assert Conversation.objects.update(title="Mine now") == 0
        assert ConversationTurn.objects.filter(pk=turn.pk).update(content="…") == 0
        assert ConversationState.objects.update(state_name="…") == 0


def test_a_person_sees_and_goes_on_with_their_own(scene):
    conversation = scene.one(Conversation)
    with acting(scene, "editor", scene.user):
        assert set(counts(OWN).values()) == {1}
        turn = turns.add_turn(conversation=conversation, role="user", content="And at night?")
        lifecycle.enter_state(conversation=conversation, name="business_discovery")
    assert turn.turn_number == 2


def test_a_server_reads_conversations_and_writes_none(scene):
    with tenant(workspace_id=scene.workspace.pk, role="server"):
        assert counts([Conversation]) == {"Conversation": 1}
        assert Conversation.objects.update(title="Theirs") == 0


@pytest.mark.parametrize(
    ("role", "seen"), [("owner", 1), ("admin", 1), ("analyst", 1), ("editor", 0), ("viewer", 0)]
)
def test_agents_work_is_seen_by_those_who_look_after_them(scene, role, seen):
    with acting(scene, role):
        assert AgentInteraction.objects.count() == seen


@pytest.mark.parametrize("model", [Conversation, MarketingInsight])
def test_nothing_is_written_in_anothers_name(scene, model):
    record = scene.one(model)
    values = {
        field.name: getattr(record, field.name)
        for field in model._meta.concrete_fields
        if field.name not in ("id", "session_id") and not field.generated
    }
    with acting(scene, "editor"), pytest.raises(DatabaseError), transaction.atomic():
        model.objects.create(**values)


def test_no_interaction_is_written_into_anothers_conversation(scene):
    interaction = AgentInteraction(
        workspace=scene.workspace,
        conversation=scene.one(Conversation),
        agent_name="master_agent",
        agent_type="master",
        interaction_type="routing",
    )
    with acting(scene, "analyst"), pytest.raises(ProgrammingError), transaction.atomic():
        interaction.save(force_insert=True)


def test_the_platforms_knowledge_is_read_by_all_and_written_by_none(scene):
    platform = knowledge.save(
        document=KnowledgeDocument(title="Advertising law", body="Halal.", category="product_docs")
    )
    stranger = MembershipFactory(role="owner")
    with tenant(workspace_id=stranger.workspace.pk, user_id=stranger.user.pk, role="owner"):
        assert list(KnowledgeDocument.objects.all()) == [platform]
        assert KnowledgeChunk.objects.count() == 1
        assert KnowledgeDocument.objects.update(title="Ours") == 0
        assert KnowledgeChunk.objects.all().delete()[0] == 0


def test_a_viewer_teaches_the_consultant_nothing(scene):
    document = KnowledgeDocument(
        workspace=scene.workspace, title="Rumours", body="…", category="market_trends"
    )
    with acting(scene, "viewer"), pytest.raises(ProgrammingError), transaction.atomic():
        document.save(force_insert=True)


def test_nobody_at_all_sees_nothing(scene):
    with tenant(workspace_id=scene.workspace.pk, user_id=UserFactory().pk, role=""):
        assert set(counts([*OWN, AgentInteraction]).values()) == {0}
