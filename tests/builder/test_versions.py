"""What the database keeps of each save, whatever made it."""

import datetime

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F

from accounts.tenancy import owner, tenant
from builder import documents, projects, versioning
from builder.models import Project, Sitemap, StyleGuide, VersionHistory, Wireframe
from config.backup import with_name
from tests.builder.factories import CollaboratorFactory
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def aged(versions, by):
    """Move versions in time, which nobody can but who takes their trigger off."""
    immutable = "alter table builder_versionhistory {} trigger builder_versionhistory_immutable"
    sql("set constraints all immediate")
    sql(immutable.format("disable"))
    versions.update(created_at=F("created_at") + by, saved_at=F("saved_at") + by)
    sql("set constraints all deferred")
    sql(immutable.format("enable"))


def numbers(entity):
    return list(
        VersionHistory.objects.of(entity)
        .order_by("version_number")
        .values_list("version_number", flat=True)
    )


def newest(entity):
    return VersionHistory.objects.of(entity).latest("version_number")


@pytest.fixture
def page(project):
    return Wireframe.objects.filter(sitemap__project=project).earliest("id")


@pytest.fixture
def guide(page):
    return StyleGuide.objects.get(wireframe=page)


@pytest.fixture
def as_user(user, member):
    """Saves within are the member's."""
    scope = {"workspace_id": member.workspace_id, "user_id": user.pk, "role": "editor"}
    return lambda person=user: tenant(**{**scope, "user_id": person.pk})


class TestWriting:
    @pytest.mark.parametrize(
        ("model", "changes"),
        [
            (Project, {"name": "Dune"}),
            (Sitemap, {"metadata": {"a": 1}}),
            (Wireframe, {"title": "Home", "layout": {"content": []}}),
            (StyleGuide, {"grid": {"columns": {"$type": "number", "$value": 12}}}),
        ],
    )
    def test_plain_sql_and_bulk_updates_write_versions(self, project, model, changes):
        rows = model.objects.all()
        before = {row.pk: row.version for row in rows}
        rows.update(**changes)
        for row in model.objects.all():
            assert (row.version, row.saves) == (before[row.pk] + 1, 1)
            version = newest(row)
            assert version.data == versioning.content_of(row)
            assert sorted(version.changes["columns"]) == sorted(changes)
            assert (version.version_number, version.project_id) == (row.version, project.pk)
            assert (version.is_major, version.message, version.user) == (False, "", None)

    def test_making_is_a_major_version_that_holds_all(self, page):
        first = VersionHistory.objects.of(page).get()
        assert (first.version_number, first.is_major) == (1, True)
        assert first.data == versioning.content_of(page)
        assert first.changes["columns"] == list(Wireframe.KEPT)

    def test_bulk_update_and_bulk_create_write_versions(self, page):
        page.title = "Bulk"
        Wireframe.objects.bulk_update([page], ["title"])
        assert newest(page).data["title"] == "Bulk"
        one, two = Wireframe.objects.bulk_create(
            Wireframe(workspace_id=page.workspace_id, sitemap=page.sitemap, page_key=key, title=key)
            for key in ("one", "two")
        )
        assert numbers(one) == numbers(two) == [1]

    def test_what_changes_nothing_that_is_kept_is_no_version(self, project, page):
        page.save()
        project.refresh_from_db()
        before = project.version
        Project.objects.update(site_changed_at=datetime.datetime.now(datetime.UTC))
        projects.archive(project=project)
        project.refresh_from_db()
        page.refresh_from_db()
        assert (page.version, page.saves, project.version) == (1, 1, before)

    def test_nobody_forges_a_number(self, page):
        Wireframe.objects.update(version=99, saves=99)
        sql("update builder_wireframe set version = 0, saves = -1")
        page.refresh_from_db()
        assert (page.version, page.saves, numbers(page)) == (1, 1, [1])
        stale = Wireframe.objects.get(pk=page.pk)
        Wireframe.objects.update(title="A")
        stale.title = "B"
        stale.save()
        page.refresh_from_db()
        assert (page.version, numbers(page)) == (3, [1, 2, 3])
        made = Wireframe.objects.create(
            workspace_id=page.workspace_id, sitemap=page.sitemap, page_key="x", version=7, saves=7
        )
        made.refresh_from_db()
        assert (made.version, made.saves) == (1, 1)

    def test_what_fails_leaves_nothing(self, page):
        Wireframe.objects.filter(pk=page.pk).update(title="A")
        with pytest.raises(IntegrityError), transaction.atomic():
            Wireframe.objects.update(page_key="same")
        page.refresh_from_db()
        assert (page.version, numbers(page)) == (2, [1, 2])

    def test_settings_that_mean_nothing_do_no_harm(self, page, as_user):
        with as_user():
            for name, value in (("window", "x'; drop"), ("major", "yes"), ("keep", "nobody")):
                sql("select set_config(%s, %s, true)", f"app.version_{name}", value)
            Wireframe.objects.filter(pk=page.pk).update(title="A")
        assert newest(page).is_major is False
        with owner(reason="test", user_id="0199c2d4-5b7e-7000-8000-000000000001"):
            Wireframe.objects.filter(pk=page.pk).update(title="B")
        assert (newest(page).data["title"], newest(page).user) == ("B", None)


class TestAutosaves:
    def save(self, page, title, person=None):
        Wireframe.objects.filter(pk=page.pk).update(title=title)
        page.refresh_from_db()
        return page.revision

    def test_those_of_one_person_within_the_window_are_one_minor_version(self, page, as_user, user):
        with as_user():
            assert self.save(page, "A") == "2.1"
            Wireframe.objects.filter(pk=page.pk).update(description="D")
            assert self.save(page, "B") == "2.3"
        version = newest(page)
        assert numbers(page) == [1, 2]
        assert (version.data["title"], version.data["description"]) == ("B", "D")
        assert version.changes == {"columns": ["description", "title"]}
        assert version.user == user

    def test_a_number_is_not_used_twice_for_different_content(self, page, as_user):
        """Every save has its own revision, whoever made it and whether or not it was taken up."""
        other = UserFactory()
        seen = set()
        for person, title in ((None, "A"), (other, "B"), (other, "C"), (None, "D"), (None, "E")):
            with as_user(person) if person else as_user():
                seen.add(self.save(page, title))
        assert seen == {"2.1", "3.1", "3.2", "4.1", "4.2"}
        assert numbers(page) == [1, 2, 3, 4]

    def test_programs_have_each_save_kept(self, page):
        assert [self.save(page, title) for title in "AB"] == ["2.1", "3.1"]

    def test_after_the_window_the_next_begins(self, page, as_user, settings):
        with as_user():
            self.save(page, "A")
        aged(VersionHistory.objects.of(page), datetime.timedelta(minutes=-10, seconds=-1))
        with as_user():
            assert self.save(page, "B") == "3.1"
        settings.VERSION_WINDOW_SECONDS = 0
        with as_user(), versioning.saving():
            assert self.save(page, "C") == "4.1"

    def test_a_named_save_is_major_and_takes_up_nothing(self, page, as_user):
        with as_user():
            self.save(page, "A")
            version = versioning.save_named(entity=page, message="Before the season")
            assert (version.version_number, version.is_major) == (3, True)
            assert version.message == "Before the season"
            assert version.changes == {"columns": []}
            assert self.save(page, "B") == "4.1"
            with versioning.saving(message="Colours"):
                assert self.save(page, "C") == "5.1"
            assert self.save(page, "D") == "6.1"
        assert numbers(page) == [1, 2, 3, 4, 5, 6]
        assert VersionHistory.objects.of(page).get(version_number=3).data["title"] == "A"
        assert VersionHistory.objects.of(page).get(version_number=5).is_major is False

    def test_what_is_said_of_a_save_ends_with_it(self, page):
        with versioning.saving(message="M", major=True):
            with versioning.saving(message="Inner"):
                self.save(page, "A")
            self.save(page, "B")
        self.save(page, "C")
        rows = VersionHistory.objects.of(page).order_by("version_number")
        assert list(rows.values_list("message", "is_major"))[1:] == [
            ("Inner", False), ("M", True), ("", False),
        ]  # fmt: skip
        with pytest.raises(ZeroDivisionError), versioning.saving(message="M"):
            raise ZeroDivisionError
        self.save(page, "D")
        assert newest(page).message == ""


class TestImmutable:
    @pytest.mark.parametrize(
        "change",
        ["data = '{}'", "changes = '{}'", "saved_at = now() + interval '1 s'", "is_major = true"],
    )
    def test_only_a_save_brings_a_minor_version_up(self, page, as_user, change):
        with as_user():
            Wireframe.objects.filter(pk=page.pk).update(title="A")
        minor = newest(page)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            sql(f"update builder_versionhistory set {change} where id = %s", minor.pk)  # noqa: S608

    @pytest.mark.parametrize("role", ["owner", "admin", "editor"])
    def test_a_tenant_neither_changes_nor_deletes_nor_writes(self, project, user, role):
        scope = {"workspace_id": project.workspace_id, "user_id": user.pk, "role": role}
        for statement in (
            "update builder_versionhistory set message = 'x'",
            "delete from builder_versionhistory",
            "insert into builder_versionhistory (workspace_id) values (null)",
            "select builder_add_version('projects', null, null, null, 1, '{}', '{}', true, false)",
            "select builder_save_version('projects', null, null, null, 1, 1, '{}', '{}')",
            "set app.role = 'owner'; truncate builder_versionhistory",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), tenant(**scope):
                sql(statement)
        assert VersionHistory.objects.exists()

    def test_a_tenant_does_not_remove_them_with_their_project(self, project, user):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            tenant(workspace_id=project.workspace_id, user_id=user.pk, role="owner"),
        ):
            sql("delete from builder_project")

    def test_the_web_login_reads_and_writes_none(self):
        url = with_name(settings.WEB_DATABASE_URL, connection.settings_dict["NAME"])
        with psycopg.connect(url, autocommit=True) as web:
            for statement in ("select count(*) from builder_versionhistory",
                              "delete from builder_versionhistory",
                              "update builder_versionhistory set user_id = null",
                              "select builder_saver()"):  # fmt: skip
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    web.execute(statement)

    def test_they_end_with_their_project_alone(self, project, page):
        documents.remove(document=page.sitemap)
        assert VersionHistory.objects.filter(entity_type="wireframes").count() > 1
        projects.remove(project=project)
        assert not VersionHistory.objects.exists()

    def test_a_workspace_goes_with_all_its_versions(self, project):
        project.workspace.delete()
        assert not VersionHistory.objects.exists()


class TestSeeing:
    def test_a_collaborator_sees_the_versions_of_the_project_only(self, project, page):
        guest = MembershipFactory(role="owner")
        elsewhere = CollaboratorFactory(user=guest.user).project
        scope = {"workspace_id": guest.workspace_id, "user_id": guest.user_id, "role": "owner"}
        with tenant(**scope):
            seen = set(VersionHistory.objects.values_list("project_id", flat=True))
            assert seen == {elsewhere.pk}
            assert not VersionHistory.objects.of(page).exists()

    def test_a_collaborators_save_is_kept_where_the_project_is(self, project, page):
        guest = MembershipFactory(role="viewer")
        CollaboratorFactory(project=project, user=guest.user, role="editor")
        with tenant(workspace_id=guest.workspace_id, user_id=guest.user_id, role="editor"):
            Wireframe.objects.filter(pk=page.pk).update(title=F("page_key"))
        version = newest(page)
        assert (version.workspace_id, version.user) == (project.workspace_id, guest.user)
