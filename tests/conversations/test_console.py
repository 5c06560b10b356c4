"""Conversations in the console: read as a dialogue, each turn in its own direction."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conversations import turns
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationTurn,
    KnowledgeDocument,
    MarketingInsight,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

# Histories are shown with what they are the history of.
MODELS = [
    model
    for model in apps.get_app_config("conversations").get_models()
    if not hasattr(model, "pgh_tracked_model")
]


@pytest.fixture
def staff(workspace):
    return MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))


@pytest.fixture
def console(client, staff):
    client.force_login(staff.user)
    return client


@pytest.fixture
def scene(workspace, member):
    """A colleague's conversation: an editor's."""
    made = Scene(workspace=workspace, user=member.user)
    for model in MODELS:
        made.one(model)
    return made


def page_of(record, action="change"):
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{action}", args=[record.pk])


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("superuser", [False, True])
def test_every_list_search_and_record_opens(client, staff, scene, model, superuser):
    assert admin.site.is_registered(model)
    user = UserFactory(is_staff=True, is_superuser=True) if superuser else staff.user
    client.force_login(user)
    assert client.get(list_of(model)).status_code == 200
    assert client.get(list_of(model), {"q": "evening"}).status_code == 200
    assert client.get(page_of(scene.one(model))).status_code == 200


def test_a_dialogue_is_read_from_right_to_left_where_it_is_arabic(console, scene):
    talk = scene.one(Conversation)
    turns.add_turn(conversation=talk, role="user", content="<b>Hello</b>", language="en")
    page = console.get(page_of(talk)).content.decode()
    assert 'lang="ar" dir="rtl">أهلًا بكم! حدّثوني عن أعمالكم.' in page
    assert 'lang="en" dir="ltr">&lt;b&gt;Hello&lt;/b&gt;' in page
    assert page.index("أهلًا") < page.index("&lt;b&gt;Hello")
    assert "initial" in page


def test_turns_and_conversations_are_changed_by_nobody(console, scene):
    for model in (Conversation, ConversationTurn, AgentInteraction):
        record = scene.one(model)
        assert console.post(page_of(record), {"title": "Mine"}).status_code == 403
        assert console.post(page_of(record, "delete"), {"post": "yes"}).status_code == 403


def test_a_colleague_sees_no_conversation(client, scene):
    colleague = MembershipFactory(
        workspace=scene.workspace, role="editor", user=UserFactory(is_staff=True)
    )
    client.force_login(colleague.user)
    assert scene.one(Conversation).title not in client.get(list_of(Conversation)).content.decode()
    assert client.get(page_of(scene.one(Conversation))).status_code == 302
    assert client.get(list_of(AgentInteraction)).status_code == 403


def test_a_list_costs_the_same_however_long(console, scene):
    counts = []
    console.get(list_of(ConversationTurn))  # what is asked for once and kept
    for more in (0, 20):
        for _ in range(more):
            turns.add_turn(conversation=scene.one(Conversation), role="user", content="And?")
        with CaptureQueriesContext(connection) as queries:
            console.get(list_of(ConversationTurn))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_insight_is_moved_after_asking(console, scene):
    insight = scene.one(MarketingInsight)
    address = reverse(
        "admin:conversations_marketinginsight_become", args=[insight.pk, "implemented"]
    )
    assert console.get(address).status_code == 200
    insight.refresh_from_db()
    assert insight.status == "active"


def test_a_document_is_added_and_cut(console, workspace):
    data = {
        "title": "Nights",
        "url": "",
        "language": "en",
        "category": "market_trends",
        "source": "user_generated",
        "tags": "Ramadan, nights",
        "body": "Long evenings.",
        "chunks-TOTAL_FORMS": 0,
        "chunks-INITIAL_FORMS": 0,
    }
    answer = console.post(reverse("admin:conversations_knowledgedocument_add"), data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = KnowledgeDocument.objects.get()
    assert (made.workspace, made.tags) == (workspace, ["ramadan", "nights"])
    assert made.chunks.get().text == "Long evenings."


def test_the_platforms_documents_are_superusers_to_change(console, client):
    platform = KnowledgeDocument.objects.create(title="Law", body="…", category="product_docs")
    page = console.get(page_of(platform))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(page_of(platform)).context["has_change_permission"]
