"""Projects as the tenant's role sees them, in plain SQL."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.tenancy import tenant
from builder import publishing
from builder.template_library import load
from tests.builder.factories import CollaboratorFactory, ProjectFactory
from tests.factories import UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

DOCUMENTS = ("sitemap", "wireframe", "styleguide", "componentintelligence")
TABLES = ("project", *DOCUMENTS, "siteaddress", "release", "releasefile", "projectcollaborator")


@pytest.fixture
def theirs():
    """Another workspace's project, published."""
    project = ProjectFactory()
    publishing.publish(project=project, user=project.owner)
    return project


@pytest.fixture
def mine(project):
    publishing.publish(project=project, user=project.owner)
    return project


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def count(table):
    return sql(f"select count(*), count(distinct workspace_id) from builder_{table}")[0]  # noqa: S608


def acting(project, user=None, role="editor"):
    return tenant(workspace_id=project.workspace_id, user_id=user and user.pk, role=role)


def test_a_tenant_sees_its_own_only_and_the_platforms_templates(mine, theirs):
    with acting(mine):
        for table in TABLES:
            rows, workspaces = count(table)
            assert workspaces == min(rows, 1), table
        assert sql("select id from builder_project") == [(mine.pk,)]
        assert count("template")[0] == len(load())
        assert sql("update builder_template set name = 'mine'") == 0


@pytest.mark.parametrize("table", TABLES)
def test_nothing_set_means_no_rows(mine, table):
    with acting(mine):
        sql("select set_config('app.workspace_id', '', true)")
        assert count(table) == (0, 0)


@pytest.mark.parametrize("table", [*TABLES, "template"])
def test_a_tenant_changes_and_removes_nothing_of_anothers(mine, theirs, table):
    sql("update builder_project set live_release_id = null, current_sitemap_id = null")
    with acting(mine):
        where = "where workspace_id is distinct from (select app_workspace())"
        assert sql(f"update builder_{table} set created_at = now() {where}") == 0  # noqa: S608
        assert sql(f"delete from builder_{table} {where}") == 0  # noqa: S608


def test_a_tenants_rows_point_at_nothing_of_anothers(mine, theirs):
    for column, value in (
        ("current_sitemap_id", theirs.current_sitemap_id),
        ("live_release_id", theirs.live_release_id),
    ):
        with pytest.raises(IntegrityError), acting(mine):
            sql(f"update builder_project set {column} = %s where id = %s", value, mine.pk)  # noqa: S608
    with pytest.raises(IntegrityError), acting(mine):
        sql("update builder_wireframe set sitemap_id = %s", theirs.current_sitemap_id)


def test_a_tenant_takes_no_template_of_anothers(mine, theirs):
    sql(
        "update builder_template set workspace_id = %s, slug = 'own' where slug = 'millibar'",
        theirs.workspace_id,
    )
    ((own,),) = sql("select id from builder_template where slug = 'own'")
    with pytest.raises(IntegrityError), acting(mine):
        sql("update builder_project set template_id = %s", own)


@pytest.mark.parametrize("role", ["viewer", "analyst", "ingest", ""])
def test_reading_roles_write_nothing(mine, role):
    with acting(mine, role=role):
        assert count("project")[0] == 1
        assert sql("update builder_project set name = 'x'") == 0
        assert sql("delete from builder_wireframe") == 0
    with pytest.raises(ProgrammingError, match="row-level security"), acting(mine, role=role):
        sql(
            """insert into builder_siteaddress (workspace_id, project_id, label, is_primary)
            values (%s, %s, 'x', false)""",
            mine.workspace_id,
            mine.pk,
        )


def test_nothing_that_a_tenant_may_do_changes_a_release(mine):
    for table in ("release", "releasefile"):
        with pytest.raises(IntegrityError, match="never changed"), acting(mine, role="owner"):
            sql(f"update builder_{table} set created_at = now()")  # noqa: S608


class TestCollaborators:
    @pytest.fixture
    def guest(self):
        return UserFactory()

    @pytest.fixture
    def home(self):
        """The guest's own workspace."""
        return WorkspaceFactory()

    def as_guest(self, home, guest, role="owner"):
        return tenant(workspace_id=home.pk, user_id=guest.pk, role=role)

    def test_a_viewer_sees_the_project_and_its_documents_only(self, theirs, guest, home):
        ProjectFactory(workspace=theirs.workspace, owner=theirs.owner)  # not this one
        CollaboratorFactory(project=theirs, user=guest)
        with self.as_guest(home, guest):
            assert sql("select id from builder_project") == [(theirs.pk,)]
            assert sql("select project_id from builder_sitemap") == [(theirs.pk,)]
            assert [count(table)[0] > 0 for table in DOCUMENTS] == [True] * 4
            assert [count(table)[0] for table in ("release", "releasefile", "siteaddress")] == [
                0
            ] * 3

    def test_a_viewer_changes_nothing(self, theirs, guest, home):
        CollaboratorFactory(project=theirs, user=guest)
        with self.as_guest(home, guest):
            for table in ("project", *DOCUMENTS):
                assert sql(f"update builder_{table} set updated_at = now()") == 0  # noqa: S608

    def test_an_editor_changes_the_documents_and_not_the_project(self, theirs, guest, home):
        CollaboratorFactory(project=theirs, user=guest, role="editor")
        with self.as_guest(home, guest):
            for table in DOCUMENTS:
                assert sql(f"update builder_{table} set updated_at = now()") > 0, table  # noqa: S608
            assert sql("update builder_project set name = 'x'") == 0
            assert sql("update builder_projectcollaborator set role = 'editor'") == 0

    def test_an_invitation_opens_nothing_to_other_guests(self, theirs, guest, home):
        CollaboratorFactory(project=theirs)
        with self.as_guest(home, guest):
            assert count("project")[0] == 0
            assert count("projectcollaborator")[0] == 0


def test_a_tenant_calls_no_look_up_of_the_edge(mine, theirs):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(mine),
        transaction.atomic(),
    ):
        sql("select * from builder_preview(%s)", theirs.live_release_id)


def test_searching_ones_projects_uses_the_indexes(mine):
    """The policy beside the collaborators' must not make every list a walk over the table."""
    with acting(mine):
        sql("set local enable_seqscan = off")
        plan = "\n".join(row for (row,) in sql("explain select id from builder_project"))
        assert "BitmapOr" in plan or "Index" in plan, plan
        assert "Seq Scan on builder_project " not in plan
