"""Whose message it is: the rules of identity, without a database."""

import itertools
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.identity.names import Name, email_address, legal_id
from journeys.identity.resolution import NAMING, Register

ANON, ANON2 = Name("anonymous_id", "a1"), Name("anonymous_id", "a2")
USER, USER2 = Name("user_id", "u1"), Name("user_id", "u2")
MAIL, MAIL2 = Name("email", "e1@example.com"), Name("email", "e2@example.com")


def register(known=None):
    """A register that knows these names, and numbers the contacts that it makes from 100."""
    ids = (uuid.UUID(int=n) for n in itertools.count(100))
    owners = {name: uuid.UUID(int=owner) for name, owner in (known or {}).items()}
    return Register(owners=owners, new_id=lambda: next(ids))


def resolve(found, *names):
    answer = found.resolve(names)
    return answer.contact_id.int, answer.refused


def test_a_visitor_unknown_so_far_is_a_new_contact_and_stays_one():
    found = register()
    assert resolve(found, ANON) == (100, ())
    assert resolve(found, ANON) == (100, ())
    assert [c.int for c in found.created] == [100]


def test_identifying_names_the_anonymous_contact():
    found = register({ANON: 1})
    assert resolve(found, USER, MAIL, ANON) == (1, ())
    assert found.linked == {USER: uuid.UUID(int=1), MAIL: uuid.UUID(int=1)}
    assert not found.created
    assert not found.merged


def test_an_anonymous_contact_joins_the_known_person():
    found = register({USER: 1, ANON: 2})
    assert resolve(found, USER, ANON) == (1, ())
    assert found.merged == [(uuid.UUID(int=2), uuid.UUID(int=1))]
    assert resolve(found, ANON) == (1, ())


def test_two_users_of_one_device_stay_two():
    found = register({USER: 1, ANON: 1})
    assert resolve(found, USER2, ANON) == (100, (ANON,))
    assert resolve(found, ANON) == (1, ())
    assert not found.merged


def test_two_identified_contacts_are_never_made_one():
    found = register({USER: 1, USER2: 2, ANON: 2})
    assert resolve(found, USER, ANON) == (1, (ANON,))
    assert resolve(found, USER2, ANON) == (2, ())


def test_an_address_that_is_another_users_is_refused():
    found = register({MAIL: 1, USER: 1})
    assert resolve(found, USER2, MAIL) == (100, (MAIL,))


def test_a_lead_known_by_its_address_becomes_the_user():
    found = register({MAIL: 1})
    assert resolve(found, USER, MAIL, ANON) == (1, ())
    assert found.linked == {USER: uuid.UUID(int=1), ANON: uuid.UUID(int=1)}


def test_a_user_may_have_a_second_address():
    found = register({USER: 1, MAIL: 1})
    assert resolve(found, USER, MAIL2) == (1, ())
    assert found.linked == {MAIL2: uuid.UUID(int=1)}


def test_another_address_on_one_device_is_another_person():
    found = register({MAIL: 1, ANON: 1})
    assert resolve(found, MAIL2, ANON) == (100, (ANON,))


def test_an_alias_joins_what_came_before():
    found = register({ANON: 1, ANON2: 2})
    assert resolve(found, USER, ANON, ANON2) == (1, ())
    assert found.merged == [(uuid.UUID(int=2), uuid.UUID(int=1))]


def test_a_message_without_names_is_a_contact_of_its_own():
    found = register()
    assert resolve(found) == (100, ())
    assert resolve(found) == (101, ())
    assert found.linked == {}


def test_a_contact_made_and_merged_in_one_batch_is_never_written():
    found = register({USER: 1})
    first = found.resolve([ANON])
    found.resolve([USER, ANON])
    assert found.final(first.contact_id).int == 1
    assert not found.created
    assert not found.merged
    assert found.linked == {ANON: uuid.UUID(int=1)}


STRENGTH = ["user_id", "email", "anonymous_id"]
# A message has one user id and one address at most.
some_names = st.lists(
    st.sampled_from([ANON, ANON2, USER, USER2, MAIL, MAIL2]),
    unique_by=lambda name: name.kind if name.kind in NAMING else name,
)
messages = st.lists(
    some_names.map(lambda names: sorted(names, key=lambda name: STRENGTH.index(name.kind))),
    max_size=12,
)


@given(messages)
def test_whatever_comes_what_is_written_fits_together(batch):
    """Identified contacts never merge; every link leads to a contact that is there."""
    known = {ANON: uuid.UUID(int=1), USER: uuid.UUID(int=2), MAIL2: uuid.UUID(int=3)}
    ids = (uuid.UUID(int=n) for n in itertools.count(100))
    found = Register(owners=dict(known), new_id=lambda: next(ids))
    answers = [found.resolve(names) for names in batch]
    losers = {loser for loser, _ in found.merged}
    there = ({*known.values()} | {*found.created}) - losers
    assert losers <= {uuid.UUID(int=1)}
    assert {*found.linked.values()} <= there
    assert {found.final(answer.contact_id) for answer in answers} <= there
    assert {found.final(winner) for _, winner in found.merged} <= there
    users = [name for name in found.owners if name.kind == "user_id"]
    assert len({found.owners[name] for name in users}) == len(users)


@pytest.mark.parametrize(
    "value",
    ["", " ", "anonymous", "Guest", "null", "undefined", "NaN", "0", 0, "-1", -1, "true", True,
     False, None, "[object Object]", "email", "'null'", '"undefined"', "`guest`", "x" * 255, [],
     {}],
)  # fmt: skip
def test_ids_that_name_nobody_are_refused(value):
    assert legal_id(value) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [("user-1", "user-1"), (42, "42"), (" a ", "a"), ("00", "00"), ("nullable", "nullable"),
     ("ليان", "ليان"), (1.5, "1.5")],
)  # fmt: skip
def test_other_ids_are_kept_as_text(value, expected):
    assert legal_id(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Layan@Example.com ", "layan@example.com"),
        ("a@b", ""),
        ("@example.com", ""),
        ("a b@example.com", ""),
        ("a@example.com\nBcc: x@y.z", ""),
        ("Layan <layan@example.com>", ""),
        ("x" * 250 + "@example.com", ""),
        (5, ""),
        (None, ""),
    ],
)
def test_addresses_are_lower_cased_and_what_is_none_is_left_out(value, expected):
    assert email_address(value) == expected
