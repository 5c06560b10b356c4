"""Row security, table by table as the catalogue lists them, with one of everything twice over."""

import pytest
from django.db import connection

from tests.architecture.row_security import (
    COLUMNS,
    a_row,
    acting,
    attempts,
    of_scene,
    seen,
    sql,
    tables,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

# Tables that tenants reach by no policy, or whose rows are everyone's, each with its reason.
NOT_THE_WORKSPACES = {
    "config_idempotentanswer": "closed; reached through two functions",
}
# Tables whose rows are a person's, of no workspace, or a contact's: by a rule of the database.
A_PERSONS_OR_A_CONTACTS = {"accounts_dataexport", "accounts_erasurerequest"}
# What a collaborator of a project sees of a workspace that is not theirs.
SHOWN_TO_COLLABORATORS = {
    "builder_project",
    "builder_projecthistory",
    "builder_projectcollaborator",
    "builder_sitemap",
    "builder_wireframe",
    "builder_styleguide",
    "builder_componentintelligence",
    "builder_siteaddress",
    "builder_release",
    "builder_releasefile",
    "builder_versionhistory",
    "builder_comment",
    "builder_qualitymeasurement",
    "builder_image",
    "builder_imagerendition",
}


@pytest.fixture
def scenes(db):
    """Two workspaces with one of everything each."""
    made = []
    for _ in range(2):
        owner = MembershipFactory(role="owner")
        scene = Scene(workspace=owner.workspace, user=owner.user)
        scene.everything()
        made.append(scene)
    for scene in made:
        for table in tables():
            own_copy(table, scene)
    return made


def own_copy(table, scene):
    """Give the workspace a row of its own of a table that the platform has rows of too."""
    if not table.has_workspace or a_row(table, scene) is not None:
        return
    if table.name in A_PERSONS_OR_A_CONTACTS:
        return
    row = next(iter(sql(f"select to_jsonb(t) from {table.name} t limit 1")), None)  # noqa: S608
    if row is None:
        return
    columns = ", ".join(f'"{name}"' for (name,) in sql(COLUMNS, table.name))
    sql(
        f"insert into {table.name} ({columns}) select {columns} "  # noqa: S608
        f"from jsonb_populate_record(null::{table.name}, %s::jsonb || jsonb_build_object("
        "'id', uuidv7(), 'workspace_id', %s::uuid))",
        row[0],
        str(scene.workspace.pk),
    )


@pytest.fixture
def walked(scenes):
    """The tables of which the first workspace has a row, each with that row."""
    mine, _theirs = scenes
    found = {}
    for table in tables():
        if table.name in NOT_THE_WORKSPACES or not owned(table):
            continue
        row = a_row(table, mine)
        if row is not None:
            found[table] = row
    return found


def owned(table):
    return (
        table.has_workspace
        or table.has_user
        or table.name in ("accounts_workspace", "accounts_user")
    )


def leaks(walked, mine, scope):
    """The tables whose rows of the first workspace are seen in a scope, or written."""
    found = []
    with scope:
        for table, row in walked.items():
            if table.readable and seen(table, mine):
                found.append(f"saw {table.name}")
            found += attempts(table, mine, row)
    return found


def test_every_table_with_row_security_is_walked(scenes, walked):
    """A table that no example fills would pass every test below unseen."""
    left = {table.name for table in tables() if owned(table)} - {each.name for each in walked}
    assert left - A_PERSONS_OR_A_CONTACTS == set(NOT_THE_WORKSPACES)


def test_an_owner_sees_the_rows_of_the_workspace(scenes, walked):
    mine, _theirs = scenes
    with acting(mine, role="owner"):
        unseen = [table.name for table in walked if table.readable and not seen(table, mine)]
    assert unseen == []


def test_another_workspaces_owner_sees_and_writes_nothing(scenes, walked):
    mine, theirs = scenes
    assert leaks(walked, mine, acting(theirs, role="owner")) == []


def test_a_stranger_with_the_workspaces_name_but_no_user_of_it_sees_no_persons_own_rows(
    scenes, walked
):
    """Rows that are a user's alone are not seen by a colleague who is no admin."""
    mine, _theirs = scenes
    colleague = MembershipFactory(workspace=mine.workspace, role="editor").user
    own = {
        "accounts_userprofile",
        "accounts_culturalcontext",
        "builder_buildersession",
        "conversations_conversation",
        "conversations_conversationturn",
    }
    with acting(mine, user=colleague, role="editor"):
        found = [table.name for table in walked if table.name in own and seen(table, mine)]
    assert found == []
    assert own <= {table.name for table in walked}


def test_a_viewer_writes_nothing(scenes, walked):
    mine, _theirs = scenes
    viewer = MembershipFactory(workspace=mine.workspace, role="viewer").user
    found = []
    with acting(mine, user=viewer, role="viewer"):
        for table, row in walked.items():
            found += attempts(table, mine, row)
    assert found == []


def test_nobody_sees_and_writes_nothing(scenes, walked):
    mine, theirs = scenes
    with acting(theirs, role="owner"):
        sql(
            "select set_config('app.workspace_id', '', true), set_config('app.user_id', '', true),"
            " set_config('app.role', '', true)"
        )
        found = []
        for table, row in walked.items():
            if table.readable and seen(table, mine):
                found.append(f"saw {table.name}")
            found += attempts(table, mine, row)
    assert found == []


def test_a_collaborator_sees_the_project_and_nothing_else(scenes, walked):
    from builder.models import Project, ProjectCollaborator

    mine, theirs = scenes
    guest = UserFactory()
    project = mine.one(Project)
    ProjectCollaborator.objects.create(
        workspace=mine.workspace, project=project, user=guest, role="viewer"
    )
    with acting(theirs, user=guest, role="owner"):
        shown = {table.name for table in walked if table.readable and seen(table, mine)}
        assert "builder_project" in shown
        assert shown <= SHOWN_TO_COLLABORATORS
        assert [
            found for table, row in walked.items() for found in attempts(table, mine, row)
        ] == []


@pytest.mark.parametrize("table", ["journeys_lead", "builder_project", "accounts_apikey"])
def test_a_policy_that_is_broken_on_purpose_is_found(scenes, walked, table):
    mine, theirs = scenes
    with connection.cursor() as cursor:
        cursor.execute(f"drop policy {table}_read on {table}")
        cursor.execute(
            f"create policy {table}_read on {table} for select to halfhour_tenant using (true)"
        )
    assert f"saw {table}" in leaks(walked, mine, acting(theirs, role="owner"))


def test_a_write_policy_that_is_broken_on_purpose_is_found(scenes, walked):
    mine, theirs = scenes
    with connection.cursor() as cursor:
        cursor.execute("drop policy journeys_lead_add on journeys_lead")
        cursor.execute(
            "create policy journeys_lead_add on journeys_lead for insert to halfhour_tenant "
            "with check (true)"
        )
    assert any(
        "inserted journeys_lead" in each
        for each in leaks(walked, mine, acting(theirs, role="owner"))
    )


def test_the_condition_for_a_scenes_rows_is_right(scenes, walked):
    mine, theirs = scenes
    for table in walked:
        assert of_scene(table, mine)[1] != of_scene(table, theirs)[1]
