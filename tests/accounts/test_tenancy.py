"""Row security as the tenant's role sees it, in plain SQL."""

import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.keys import issue_key
from accounts.models import Membership, User, Workspace
from accounts.tenancy import owner, tenant
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    """Two workspaces with an admin and a server key each."""
    pair = []
    for _ in range(2):
        membership = MembershipFactory(role="admin")
        issue_key(workspace=membership.workspace, kind="server", name="server")
        pair.append(membership)
    return pair


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def acting(membership, role="admin"):
    return tenant(workspace_id=membership.workspace_id, user_id=membership.user_id, role=role)


def test_a_tenant_sees_its_own_rows_only(two):
    mine, theirs = two
    with acting(mine):
        assert sql("select workspace_id from accounts_apikey") == [(mine.workspace_id,)]
        assert sql("select id from accounts_workspace") == [(mine.workspace_id,)]
        assert sql("select id from accounts_user") == [(mine.user_id,)]
        assert sql("select 1 from accounts_apikey where workspace_id=%s", theirs.workspace_id) == []


def test_nothing_set_means_no_rows(two):
    with acting(two[0]):
        sql("select set_config('app.workspace_id', '', true), set_config('app.user_id', '', true)")
        for table in ("accounts_apikey", "accounts_workspace", "accounts_membership"):
            assert sql(f"select count(*) from {table}") == [(0,)]  # noqa: S608


def test_a_tenant_writes_nothing_of_another(two):
    mine, theirs = two
    with acting(mine):
        changed = sql(
            "update accounts_apikey set name='x' where workspace_id=%s", theirs.workspace_id
        )
        removed = sql("delete from accounts_membership where user_id=%s", theirs.user_id)
        assert (changed, removed) == (0, 0)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            MembershipFactory._meta.model.objects.create(
                workspace_id=theirs.workspace_id, user_id=mine.user_id, role="viewer"
            )
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            sql("update accounts_apikey set workspace_id=%s", theirs.workspace_id)


@pytest.mark.parametrize("role", ["viewer", "analyst", "ingest"])
def test_a_role_that_may_not_write_cannot(two, role):
    mine = two[0]
    with acting(mine, role):
        assert sql("update accounts_membership set role='owner'") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            issue_key(workspace=mine.workspace, kind="server", name="mine now")


def test_a_tenant_cannot_make_itself_a_superuser(two):
    mine = two[0]
    with acting(mine):
        assert sql("update accounts_user set first_name='Layla' where id=%s", mine.user_id) == 1
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            sql("update accounts_user set is_superuser=true")


def test_the_test_of_isolation_fails_when_the_policy_is_broken(two):
    sql("alter policy accounts_apikey_read on accounts_apikey using (true)")
    with acting(two[0]):
        assert len(sql("select 1 from accounts_apikey")) == 2


def test_scopes_nest_and_restore_what_was_before(two):
    mine, theirs = two
    with acting(mine):
        with acting(theirs, "viewer"):
            assert sql("select app_workspace()") == [(theirs.workspace_id,)]
        assert sql("select app_workspace(), current_setting('app.role'), current_user::text") == [
            (mine.workspace_id, "admin", "halfhour_tenant")
        ]
        with pytest.raises(ZeroDivisionError), acting(theirs):
            _ = 1 / 0
        assert sql("select app_workspace()") == [(mine.workspace_id,)]
        with owner(reason="test"):
            assert Workspace.objects.count() == 2
        assert Workspace.objects.count() == 1
    assert sql("select app_workspace(), current_user = 'halfhour'") == [(None, True)]


@pytest.mark.django_db(transaction=True)
def test_a_scope_leaves_nothing_behind_on_its_connection():
    with tenant(workspace_id=uuid.uuid4(), role="viewer"):
        pass
    assert sql("select app_workspace(), app_user(), current_user = 'halfhour'") == [
        (None, None, True)
    ]


def test_deleted_users_are_out_of_every_ordinary_query(user):
    user.deleted_at = user.created_at
    user.save()
    assert not User.objects.filter(pk=user.pk).exists()
    assert User.with_deleted.filter(pk=user.pk).exists()


def test_the_last_workspace_constraint_names_what_is_wrong(workspace):
    user = UserFactory()
    Membership.objects.create(workspace=workspace, user=user)
    with pytest.raises(IntegrityError, match="accounts_membership_workspace_user"):
        Membership.objects.create(workspace=workspace, user=user)


def test_slugs_of_workspaces_stay_apart():
    from accounts import workspaces

    person = UserFactory()
    first = workspaces.create(owner=person, name="Dar Al Qahwa")
    second = workspaces.create(owner=person, name="Dar Al Qahwa")
    assert first.slug == "dar-al-qahwa"
    assert second.slug.startswith("dar-al-qahwa-")
    assert person.memberships.filter(role="owner").count() == 2
    assert WorkspaceFactory().timezone == "Asia/Riyadh"
