"""The bin: hidden at once, closed at once, restored as it was, gone in the end."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.quotas import QuotaExceededError
from accounts.tenancy import tenant
from builder import collaboration, comments, previews, projects, publishing, trash
from builder.models import Project, SiteAddress
from builder.tasks import empty_bin
from tests.builder.factories import CollaboratorFactory, ProjectFactory
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PROJECTS = "/api/v1/projects/"
BIN = f"{PROJECTS}bin/"
NOW = timezone.now()
CHILDREN = (
    "sitemap", "wireframe", "styleguide", "componentintelligence", "siteaddress", "release",
    "versionhistory", "comment", "projectcollaborator",
)  # fmt: skip


def client_of(membership, kind="personal"):
    user = membership.user if kind == "personal" else None
    _key, secret = issue_key(workspace=membership.workspace, kind=kind, name="t", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def state_at(label):
    return sql("select state from builder_site_by_label(%s)", label)[0][0]


def names(answer):
    return [each["name"] for each in answer.json()["results"]]


@pytest.fixture
def live(project):
    publishing.publish(project=project, user=project.owner)
    CollaboratorFactory(project=project)
    comments.write(project=project, author_id=None, body="x", now=NOW)
    return project


@pytest.fixture
def label(live):
    return projects.primary_label(project=live)


class TestBinning:
    def test_it_is_hidden_everywhere_and_its_site_is_closed_at_once(self, api, live, label):
        assert state_at(label) == "live"
        assert api.delete(f"{PROJECTS}{live.pk}/").status_code == 204
        assert state_at(label) == "gone"
        assert names(api.get(PROJECTS)) == []
        assert api.get(f"{PROJECTS}{live.pk}/").status_code == 404
        for path in ("sitemaps", "wireframes", "style-guides", "releases", "comments",
                     "versions", "site-addresses", "components"):  # fmt: skip
            assert api.get(f"/api/v1/{path}/").json()["results"] == [], path
        (shown,) = api.get(BIN).json()["results"]
        assert (shown["name"], shown["trashed_status"]) == (live.name, "active")
        assert api.get(f"{BIN}{live.pk}/").json()["trashed_by"] == str(live.owner_id)

    def test_what_was_never_live_is_not_found_by_visitors(self, project):
        label = projects.primary_label(project=project)
        trash.put(project=project, by=project.owner, now=NOW)
        assert state_at(label) == "never"

    def test_a_preview_is_closed_too(self, live):
        preview = previews.create(project=live, user=None)
        find = "select count(*) from builder_preview(%s)"
        assert sql(find, preview.release.pk) == [(1,)]
        trash.put(project=live, by=None, now=NOW)
        assert sql(find, preview.release.pk) == [(0,)]

    def test_the_edge_is_told_of_an_archived_project_too(self, live):
        projects.archive(project=live)
        Project.objects.update(site_changed_at=None)
        trash.put(project=live, by=None, now=NOW)
        live.refresh_from_db()
        assert live.site_changed_at is not None

    def test_twice_is_once(self, live):
        trash.put(project=live, by=live.owner, now=NOW)
        trash.put(project=live, by=None, now=NOW + datetime.timedelta(days=1))
        live.refresh_from_db()
        assert (live.trashed_at, live.trashed_by, live.trashed_status) == (
            NOW, live.owner, "active",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("role", "status"),
        [("owner", 204), ("admin", 204), ("editor", 403), ("analyst", 403), ("viewer", 403)],
    )
    def test_admins_and_the_projects_owner_delete(self, workspace, role, status):
        member = MembershipFactory(workspace=workspace, role=role)
        theirs = ProjectFactory(workspace=workspace)
        client = client_of(member)
        assert client.delete(f"{PROJECTS}{theirs.pk}/").status_code == status
        own = ProjectFactory(workspace=workspace, owner=member.user)
        expected = 204 if role in ("owner", "admin", "editor") else 403
        assert client.delete(f"{PROJECTS}{own.pk}/").status_code == expected


class TestRowSecurity:
    def acting(self, project, role="owner"):
        return tenant(workspace_id=project.workspace_id, user_id=project.owner_id, role=role)

    def test_no_query_of_a_tenant_forgets_it(self, live):
        with self.acting(live):
            for table in CHILDREN:
                assert sql(f"select count(*) from builder_{table}")[0][0] > 0, table  # noqa: S608
        trash.put(project=live, by=None, now=NOW)
        with self.acting(live):
            for table in ("project", *CHILDREN):
                assert sql(f"select count(*) from builder_{table}") == [(0,)], table  # noqa: S608
                if table != "versionhistory":  # which no tenant may write anyway
                    changed = sql(f"update builder_{table} set created_at = now()")  # noqa: S608
                    assert changed == 0, table
            with trash.opened():
                assert sql("select count(*) from builder_project") == [(1,)]
                assert sql("update builder_project set name = 'x'") == 0
                assert sql("delete from builder_project") == 0
                assert sql("select count(*) from builder_sitemap") == [(0,)]
            assert sql("select count(*) from builder_project") == [(0,)]

    def test_a_tenant_puts_nothing_into_the_bin_by_plain_sql(self, live):
        statement = (
            "update builder_project set trashed_at = now(), trashed_status = 'active',"
            " status = 'archived'"
        )
        with pytest.raises(ProgrammingError, match="row-level security"), self.acting(live):
            sql(statement)

    def test_nothing_is_added_to_what_is_in_the_bin(self, live):
        trash.put(project=live, by=None, now=NOW)
        statement = """insert into builder_comment (workspace_id, project_id, body, author_id)
            values (%s, %s, 'x', %s)"""
        with pytest.raises(ProgrammingError, match="row-level security"), self.acting(live):
            sql(statement, live.workspace_id, live.pk, live.owner_id)

    def test_a_guest_loses_sight_of_it(self, live):
        guest = MembershipFactory(role="owner")
        collaboration.add(project=live, user_id=guest.user_id, role="editor")
        client = client_of(guest)
        assert names(client.get(PROJECTS)) == [live.name]
        trash.put(project=live, by=None, now=NOW)
        assert names(client.get(PROJECTS)) == []
        assert client.get("/api/v1/wireframes/").json()["results"] == []
        assert client.get(BIN).json()["results"] == []
        assert client.post(f"{BIN}{live.pk}/restore/").status_code == 404

    def test_an_error_leaves_the_bin_closed(self, live):
        trash.put(project=live, by=None, now=NOW)
        with self.acting(live):
            with pytest.raises(ValueError, match="oops"), trash.opened():
                raise ValueError("oops")
            assert not Project.objects.exists()


class TestRestoring:
    def test_it_is_as_it_was_and_live_again(self, api, live, label):
        before = Project.objects.values().get(pk=live.pk)
        api.delete(f"{PROJECTS}{live.pk}/")
        restored = api.post(f"{BIN}{live.pk}/restore/")
        assert restored.status_code == 200, restored.content
        assert (restored.json()["status"], restored.json()["is_live"]) == ("active", True)
        after = Project.objects.values().get(pk=live.pk)
        told = {name for name in before if before[name] != after[name]}
        assert told == {"updated_at", "site_changed_at"}
        assert state_at(label) == "live"
        assert api.get("/api/v1/wireframes/").json()["results"] != []
        assert api.get(BIN).json()["results"] == []
        assert api.post(f"{BIN}{live.pk}/restore/").status_code == 404

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_what_was_not_live_stays_so(self, project, status):
        if status == "archived":
            publishing.publish(project=project, user=None)
            projects.archive(project=project)
        trash.put(project=project, by=None, now=NOW)
        assert trash.restore(project=project, by=None).status == status

    def test_its_slug_and_addresses_are_kept_for_it(self, live, label):
        trash.put(project=live, by=None, now=NOW)
        with tenant(workspace_id=live.workspace_id, user_id=live.owner_id, role="owner"):
            other = projects.create_from_template(
                workspace=live.workspace, owner=live.owner, template=live.template, name=live.name
            )
        assert other.slug != live.slug
        assert other.slug.startswith(live.slug)
        assert SiteAddress.objects.get(label=label).project_id == live.pk

    def test_it_counts_again(self, live, settings):
        settings.QUOTAS = {"free": {"projects": 1}}
        trash.put(project=live, by=None, now=NOW)
        other = ProjectFactory(workspace=live.workspace, owner=live.owner)
        with pytest.raises(QuotaExceededError):
            trash.restore(project=live, by=None)
        trash.put(project=other, by=None, now=NOW)
        assert trash.restore(project=live, by=None).status == "active"

    def test_editors_restore_and_delete_their_own_only(self, workspace, live):
        client = client_of(MembershipFactory(workspace=workspace, role="editor"))
        trash.put(project=live, by=None, now=NOW)
        assert names(client.get(BIN)) == [live.name]
        assert client.post(f"{BIN}{live.pk}/restore/").status_code == 403
        assert client.delete(f"{BIN}{live.pk}/").status_code == 403


class TestForGood:
    def test_all_that_came_of_it_goes(self, api, live, label):
        assert api.delete(f"{BIN}{live.pk}/").status_code == 404
        trash.put(project=live, by=None, now=NOW)
        assert api.delete(f"{BIN}{live.pk}/").status_code == 204
        assert not Project.objects.exists()
        assert sql("select count(*) from builder_site_by_label(%s)", label) == [(0,)]

    def test_what_is_not_in_the_bin_is_not_deleted_from_it(self, live):
        with pytest.raises(trash.BinError):
            trash.remove(project=live)
        with pytest.raises(trash.BinError):
            trash.restore(project=live, by=None)

    def test_the_bin_is_emptied_of_what_is_old(self, workspace, settings):
        settings.BIN_DAYS = 7
        old, young, standing = (ProjectFactory(workspace=workspace) for _ in range(3))
        trash.put(project=old, by=None, now=NOW - datetime.timedelta(days=7, seconds=9))
        trash.put(project=young, by=None, now=NOW - datetime.timedelta(days=6))
        assert empty_bin() == 1
        assert set(Project.objects.values_list("pk", flat=True)) == {young.pk, standing.pk}
        assert empty_bin() == 0

    def test_the_checks_of_the_data_find_nothing_wrong_with_it(self, live):
        trash.put(project=live, by=None, now=NOW)
        call_command(
            "check_data", "builder.live_site_has_its_files", "builder.live_site_has_an_address"
        )


def at_once(project, *deeds):
    """Do several things to a project as its tenant, each on a connection of its own."""
    errors, start = [], threading.Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(10)
            scope = {"workspace_id": project.workspace_id, "user_id": project.owner_id}
            with tenant(**scope, role="owner"):
                deed()
        except Exception as error:  # noqa: BLE001 - what came of it is looked at
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


@pytest.mark.django_db(transaction=True)
def test_a_publish_and_the_bin_at_once_leave_no_open_site():
    """Some wait for the project's row, and find it hidden."""
    project = ProjectFactory()
    label = projects.primary_label(project=project)
    deeds = (
        lambda: trash.put(project=project, by=None, now=NOW),
        lambda: publishing.publish(project=project, user=None),
        lambda: publishing.unpublish(project=project),
    )
    for _ in range(4):
        publishing.publish(project=project, user=None)
        errors = at_once(project, *deeds)
        allowed = (publishing.PublishError, Project.DoesNotExist)
        assert all(isinstance(each, allowed) for each in errors), errors
        assert state_at(label) == "gone"
        project.refresh_from_db()
        assert (project.status, project.trashed_at) == ("archived", NOW)
        trash.restore(project=project, by=None)


@pytest.mark.django_db(transaction=True)
def test_restoring_and_deleting_for_good_at_once_is_one_of_both():
    for _ in range(4):
        project = ProjectFactory()
        trash.put(project=project, by=None, now=NOW)
        errors = at_once(
            project,
            lambda project=project: trash.restore(project=project, by=None),
            lambda project=project: trash.remove(project=project),
        )
        assert [type(each) for each in errors] == [trash.BinError]
        left = Project.objects.filter(pk=project.pk).first()
        assert left is None or left.trashed_at is None
