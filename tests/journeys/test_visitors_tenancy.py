"""Row security of what visitors leave, in plain SQL as the tenant's role."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.tenancy import tenant
from journeys.models import Event, IngestCount
from tests.journeys.factories import ContactFactory, EventFactory, IdentityFactory, LeadFactory

pytestmark = pytest.mark.django_db

TABLES = (
    "journeys_contact",
    "journeys_contactidentity",
    "journeys_event",
    "journeys_lead",
    "journeys_ingestcount",
    "journeys_eventreceipt",
)


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.fixture
def two(db):
    """A contact each of two workspaces, with a row in every table."""
    pair = [ContactFactory(), ContactFactory()]
    for contact in pair:
        IdentityFactory(contact=contact, value="same")
        EventFactory(contact=contact)
        LeadFactory(contact=contact)
        IngestCount.objects.create(
            workspace=contact.workspace, hour=contact.created_at, outcome="accepted", count=1
        )
        sql("insert into journeys_eventreceipt values (gen_random_uuid(), now(), %s)",
            contact.workspace_id)  # fmt: skip
    return pair


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["owner", "viewer", "ingest", "server"])
def test_a_tenant_sees_its_own_rows_only(two, table, role):
    with tenant(workspace_id=two[0].workspace_id, role=role):
        assert sql(f"select workspace_id from {table}") == [(two[0].workspace_id,)]  # noqa: S608


@pytest.mark.parametrize("table", TABLES)
def test_nothing_set_means_no_rows(two, table):
    with tenant(workspace_id=two[0].workspace_id, role="owner"):
        sql("select set_config('app.workspace_id', '', true)")
        assert sql(f"select 1 from {table}") == []  # noqa: S608


def changes_nothing(statement, *parameters):
    """Whether the statement finds no row to change, or is refused by a policy."""
    try:
        with transaction.atomic():
            return sql(statement, *parameters) == 0
    except ProgrammingError as error:
        return "row-level security" in str(error)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["owner", "ingest"])
def test_a_tenant_takes_and_gives_nothing(two, table, role):
    mine, theirs = two
    with tenant(workspace_id=mine.workspace_id, role=role):
        removing = f"delete from {table} where workspace_id = %s"  # noqa: S608
        giving = f"update {table} set workspace_id = %s"  # noqa: S608
        assert changes_nothing(removing, theirs.workspace_id)
        assert changes_nothing(giving, theirs.workspace_id)
    assert len(sql(f"select 1 from {table}")) == 2  # noqa: S608


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_readers_write_nothing(two, role):
    with tenant(workspace_id=two[0].workspace_id, role=role):
        for table in TABLES:
            assert sql(f"delete from {table}") == 0  # noqa: S608


def test_a_partition_is_closed_even_where_its_parent_is_open(two):
    (name,) = sql("select tableoid::regclass::text from journeys_event limit 1")[0]
    with (
        tenant(workspace_id=two[0].workspace_id, role="owner"),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        sql(f"select * from {name}")  # noqa: S608


def test_an_event_cannot_point_at_another_workspaces_contact(two):
    mine, theirs = two
    with (
        tenant(workspace_id=mine.workspace_id, role="ingest"),
        pytest.raises(IntegrityError, match="journeys_event_contact_id_workspace"),
        transaction.atomic(),
    ):
        EventFactory(contact=theirs, workspace=mine.workspace)


def test_the_test_of_isolation_fails_when_the_policy_is_broken(two):
    sql("alter policy journeys_event_read on journeys_event using (true)")
    with tenant(workspace_id=two[0].workspace_id, role="viewer"):
        assert Event.objects.count() == 2


def test_the_newest_events_are_read_by_index(two):
    """As the tenant: the policy's comparison must not keep the planner from the index."""
    with tenant(workspace_id=two[0].workspace_id, role="viewer"):
        sql("set local enable_seqscan = off")
        plan = sql("explain select * from journeys_event order by id desc limit 50")
    assert "workspace_id_id_idx" in str(plan)
    assert "Merge Append" in str(plan)
