"""docs/api.md says who may do what; everyone tries everything and finds it so."""

from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession

from config.urls import api
from tests.config.api_roles import (
    INSIDERS,
    MEMBERS,
    OUTSIDERS,
    ROUTES,
    ask,
    beside,
    callers,
    operations,
    record_of,
    send,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

GROUPS = {
    "all": set(INSIDERS),
    "members": set(MEMBERS),
    "editors": {"owner", "admin", "editor", "server"},
    "admins": {"owner", "admin"},
    "analysts": {"owner", "admin", "analyst"},
    "servers": {"server"},
    # The scene's rows of people are its owner's.
    "own": {"owner"},
    "the platform's staff": set(),
}
# Open to every workspace, since they are the platform's.
SHARED = {"templates", "template-metadata", "analysis-models"}
# Of a person wherever they work, in the second table though the router has it.
PERSONAL = {"sessions"}


def table(which):
    """Rows of one of the document's tables: who reads, and for each operation who may."""
    text = Path("docs/api.md").read_text().split("## Who may do what")[1].split("\n## ")[0]
    rows = {}
    for line in text.split("\n| endpoint |")[which].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            endpoint, read, write, actions = cells
            rows[endpoint.strip("`")] = (read, {**_cell(write), **_cell(actions)})
    return rows


def _cell(text):
    named = (part.split(":") for part in text.split(";") if part.strip())
    return {name.strip(): who.strip() for who, names in named for name in names.split(",")}


TABLE, BESIDE = table(1), table(2)


def who(words):
    return set().union(*(GROUPS[word.strip()] for word in words.split(",")))


def test_every_route_has_its_row():
    """Those of the router, and whatever else stands below /api/v1/."""
    others = {str(pattern.pattern).split("<")[0].rstrip("/") for pattern in api}
    assert set(TABLE) == set(ROUTES) - PERSONAL
    assert set(BESIDE) == others | PERSONAL


@pytest.mark.parametrize("prefix", sorted(TABLE))
def test_the_table_names_every_operation(prefix):
    """It may leave out what reads: whoever reads the record may."""
    reads, writes = set(), set()
    for name, method, _detail in operations(prefix):
        (reads if method == "get" else writes).add(name.split("/")[0])
    assert writes <= set(TABLE[prefix][1]) <= writes | reads


def allowed(prefix, operation):
    """The roles that may, by the document."""
    name, method, _detail = operation
    read, others = TABLE[prefix]
    if name == "list" or (name, method) == ("export", "get"):
        # Whose rows are people's own, everyone has a list of: their own.
        return GROUPS["all"] if "own" in read.split(", ") else who(read)
    word = name.split("/")[0]
    named = others.get(word)
    writes = any(one.split("/")[0] == word and how != "get" for one, how, _d in operations(prefix))
    # What is written under a name is read there by whoever reads the record.
    return who(read if method == "get" and (named is None or writes) else named)


@pytest.mark.parametrize("prefix", sorted(TABLE))
def test_everyone_may_what_the_document_says(db, prefix, settings):
    settings.REQUESTS_PER_MINUTE = 1_000_000
    owner = MembershipFactory(role="owner")
    scene = Scene(workspace=owner.workspace, user=owner.user)
    record = record_of(scene, prefix)
    people = callers(scene)
    wrong = []
    for operation in operations(prefix):
        may = allowed(prefix, operation)
        for caller in people:
            status = ask(caller, prefix, record, operation)
            could = status not in (401, 403, 404, 405)
            expected = caller.role in may
            if caller.role in OUTSIDERS:
                expected = caller.role == "stranger" and _stranger_may(prefix, operation)
            if could != expected or status >= 500:
                wrong.append(f"{caller.role} {operation[0]}: {status}")
    assert not wrong, wrong


def test_beside_the_records_too_everyone_may_what_the_document_says(db, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "exports"},
        },
    }
    owner = MembershipFactory(role="owner")
    scene = Scene(workspace=owner.workspace, user=owner.user)
    people = callers(scene)
    key = scene.one(UserSession).pk
    offered = [
        ("sessions", name, method, detail, f"/api/v1/sessions/{f'{key}/' if detail else ''}")
        for name, method, detail in operations("sessions")
    ]
    offered += beside(scene)
    named = {(row, name) for row, name, *_rest in offered} - {("sessions", "list")}
    reads = {(row, "read") for row, (read, _others) in BESIDE.items() if read}
    assert named == reads | {(row, name) for row, (_r, others) in BESIDE.items() for name in others}
    wrong = []
    for row, name, method, detail, address in offered:
        read, others = BESIDE[row]
        may = _may_beside(read if name in ("read", "list") else others[name], detail)
        for caller in people:
            status = send(caller, method, address)
            could = status not in (401, 403, 404, 405)
            if could != (caller.role in may) or status >= 500:
                wrong.append(f"{caller.role} {method} {address}: {status}")
    assert not wrong, wrong


def _may_beside(words, detail):
    """Whoever may, outsiders too; a list of one's own is every person's."""
    persons = {*MEMBERS, "stranger"}
    if not detail and "own" in words.split(", "):
        return persons
    groups = {
        **GROUPS,
        "persons": persons,
        "anyone": {*INSIDERS, *OUTSIDERS},
        "all": {*INSIDERS, "stranger"},
    }
    return set().union(*(groups[word] for word in words.split(", ")))


def _stranger_may(prefix, operation):
    """An owner elsewhere has lists and makes records of their own, and sees what is shared.

    Where the body is looked at before the record is, a 400 tells nothing of the record.
    """
    name, _method, detail = operation
    if not detail:
        return bool(allowed(prefix, operation))
    return (prefix in SHARED and name == "read") or (prefix, name) == ("projects", "rollback")
