"""A turn is rated by whose conversation it is, and by nobody else."""

import pytest

from conversations import turns
from conversations.models import ConversationTurn
from tests.conversations.test_api import address, client_of
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(member):
    """The rows of `api`'s own user, an editor."""
    return Scene(workspace=member.workspace, user=member.user)


@pytest.fixture
def turn(scene):
    return scene.one(ConversationTurn)


def rate(client, turn, **said):
    return client.patch(address("turns", turn), said, format="json")


def test_its_user_rates_it_and_changes_no_word_of_it(api, turn):
    answer = rate(api, turn, user_rating=5, user_feedback="helpful", content="Mine", role="user")
    assert answer.status_code == 200, answer.json()
    body = answer.json()
    assert (body["user_rating"], body["user_feedback"]) == (5, "helpful")
    turn.refresh_from_db()
    assert (turn.user_rating, turn.user_feedback, turn.role) == (5, "helpful", "assistant")
    assert turn.content == body["content"] != "Mine"


def test_one_half_leaves_the_other_and_null_takes_it_back(api, turn):
    rate(api, turn, user_rating=2, user_feedback="incorrect")
    assert rate(api, turn, user_rating=3).json()["user_feedback"] == "incorrect"
    assert rate(api, turn, user_feedback=None).json()["user_rating"] == 3
    turn.refresh_from_db()
    assert (turn.user_rating, turn.user_feedback) == (3, None)


def test_the_time_of_the_rating_is_kept(turn):
    before = turn.updated_at
    assert turns.rate(turn=turn, user_rating=4).updated_at > before


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("user_rating", 0, "min_value"),
        ("user_rating", 6, "max_value"),
        ("user_rating", "five", "invalid"),
        ("user_feedback", "splendid", "invalid_choice"),
    ],
)
def test_what_is_out_of_range_is_told_where(api, turn, field, value, code):
    refused = rate(api, turn, **{field: value})
    assert refused.status_code == 400
    (fault,) = refused.json()["errors"]
    assert (fault["pointer"], fault["code"]) == (f"/{field}", code)


def test_whoever_sees_it_and_did_not_have_it_is_refused(scene, turn):
    for role in ("owner", "admin", "server"):
        assert rate(client_of(scene.workspace, role), turn, user_rating=1).status_code == 403, role
    turn.refresh_from_db()
    assert turn.user_rating is None


def test_whoever_does_not_see_it_finds_nothing(scene, turn):
    for role in ("editor", "analyst", "viewer"):
        assert rate(client_of(scene.workspace, role), turn, user_rating=1).status_code == 404, role
    stranger = client_of(MembershipFactory().workspace, "owner")
    assert rate(stranger, turn, user_rating=1).status_code == 404
