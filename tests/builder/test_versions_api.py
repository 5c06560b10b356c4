"""Versions over the API: lists, comparisons, named saves, going back, and as of a time."""

import datetime

import jsonpatch
import pytest

from accounts.keys import issue_key
from builder import documents, versioning
from builder.models import (
    ComponentIntelligence,
    Project,
    Sitemap,
    StyleGuide,
    VersionHistory,
    Wireframe,
)
from tests.builder.factories import CollaboratorFactory, ProjectFactory
from tests.builder.test_collaboration_api import client_of, codes
from tests.builder.test_versions import aged
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
API = "/api/v1"
PREFIXES = {
    Project: "projects", Sitemap: "sitemaps", Wireframe: "wireframes", StyleGuide: "style-guides",
}  # fmt: skip


def url_of(record, more=""):
    return f"{API}/{PREFIXES[type(record)]}/{record.pk}/{more}"


@pytest.fixture
def page(project):
    return Wireframe.objects.filter(sitemap__project=project).earliest("id")


def present(page):
    return ComponentIntelligence.objects.present().filter(wireframe=page)


def remove(record):
    """Delete a document; the one at hand keeps its key."""
    documents.remove(document=type(record).objects.get(pk=record.pk))


@pytest.fixture
def titled(api, page):
    """The page after two named saves: versions 1 (made), 2, 3 (“A”), 4, 5 (“B”)."""
    for title in "AB":
        assert api.patch(url_of(page), {"title": title}).status_code == 200
        made = api.post(url_of(page, "versions/"), {"message": f"Title {title}"})
        assert made.status_code == 201, made.content
    return page


@pytest.mark.parametrize("model", PREFIXES)
def test_each_kind_has_versions_that_name_who_saved(api, project, user, model):
    record = model.objects.earliest("id")
    name = "name" if model is Project else "title"
    assert api.patch(url_of(record), {name: "New"}).json()["version"] == record.version + 1
    newest, *_, first = api.get(url_of(record, "versions/")).json()["results"]
    assert (newest["user"], newest["is_major"], newest["changes"]) == (
        str(user.pk), False, {"columns": [name]},
    )  # fmt: skip
    assert (first["version_number"], first["is_major"]) == (1, True)
    assert "data" not in first
    found = api.get(url_of(record, "compare/"), {"from": 1}).json()
    assert found["to"]["version_number"] == record.version + 1
    assert {"op": "replace", "path": f"/{name}", "value": "New"} in found["patch"]
    assert api.post(url_of(record, "revert/"), {"version": 1}).json()[name] != "New"


class TestReading:
    def test_autosaves_are_one_and_a_name_makes_another(self, api, page):
        for title in "ABC":
            api.patch(url_of(page), {"title": title})
        made = api.post(url_of(page, "versions/"), {"message": "Before the season"}).json()
        assert (made["version_number"], made["is_major"]) == (3, True)
        assert (made["message"], made["patch"]) == ("Before the season", [])
        assert [each["version_number"] for each in self.listed(api, page)] == [3, 2, 1]

    def listed(self, api, page, **query):
        return api.get(url_of(page, "versions/"), query).json()["results"]

    def test_the_list_has_pages(self, api, titled):
        first = api.get(url_of(titled, "versions/"), {"limit": 2}).json()
        assert [each["version_number"] for each in first["results"]] == [5, 4]
        rest = api.get(first["next"]).json()
        assert [each["version_number"] for each in rest["results"]] == [3, 2]

    def test_one_is_shown_whole_with_the_patch_from_the_one_before(self, api, titled):
        one, two = (
            api.get(url_of(titled, f"versions/{number}/")).json() for number in (1, 2)
        )  # fmt: skip
        assert jsonpatch.apply_patch(one["data"], two["patch"]) == two["data"]
        assert jsonpatch.apply_patch({}, one["patch"]) == one["data"]
        assert two["data"]["layout"] == titled.layout

    def test_a_comparison_reproduces_and_tells_in_words(self, api, titled):
        layout = {**titled.layout, "content": titled.layout["content"][1:]}
        gone = titled.layout["content"][0]
        api.patch(url_of(titled), {"layout": layout}, format="json")
        found = api.get(url_of(titled, "compare/"), {"from": 3, "to": 6}).json()
        old, new = (VersionHistory.objects.of(titled).get(version_number=n).data for n in (3, 6))
        assert jsonpatch.apply_patch(old, found["patch"]) == new
        texts = [each["text"] for each in found["changes"]]
        assert f"{gone['type']} “{gone['props']['id']}” removed" in texts
        assert "title changed" in texts
        assert api.get(url_of(titled, "compare/"), {"from": 6, "to": 3}).json()["patch"]
        same = api.get(url_of(titled, "compare/"), {"from": 5, "to": 5}).json()
        assert (same["patch"], same["changes"]) == ([], [])

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ({}, "from"),
            ({"from": "x"}, "from"),
            ({"from": "²"}, "from"),
            ({"from": 99}, "from"),
            ({"from": "9" * 40}, "from"),
            ({"from": 0}, "from"),
            ({"from": 1, "to": -1}, "to"),
            ({"from": 1, "two": 2}, "two"),
        ],
    )
    def test_a_comparison_of_nothing_is_refused_by_name(self, api, page, query, parameter):
        answer = api.get(url_of(page, "compare/"), query)
        assert answer.status_code == 400
        assert [each["parameter"] for each in answer.json()["errors"]] == [parameter]

    def test_a_version_that_is_not_there_is_not_found(self, api, page):
        assert api.get(url_of(page, "versions/2/")).status_code == 404
        assert api.get(url_of(page, f"versions/{'9' * 30}/")).status_code == 404
        assert api.get(url_of(page, "versions/x/")).status_code == 404


class TestReverting:
    def test_going_back_is_a_new_major_version_that_says_to_which(self, api, titled, user):
        answer = api.post(url_of(titled, "revert/"), {"version": 3})
        assert (answer.json()["title"], answer.json()["version"]) == ("A", 6)
        assert answer["ETag"] == '"6.1"'
        newest = VersionHistory.objects.of(titled).latest("version_number")
        assert (newest.message, newest.is_major, newest.user) == ("Back to version 3", True, user)
        assert newest.data == VersionHistory.objects.of(titled).get(version_number=3).data
        assert api.post(url_of(titled, "revert/"), {"version": 6}).json()["version"] == 7

    def test_components_go_back_with_the_layout(self, api, project, page):
        api.patch(url_of(page), {"layout": {"content": []}}, format="json")
        assert not present(page).exists()
        api.post(url_of(page, "revert/"), {"version": 1})
        assert present(page).exists()

    @pytest.mark.parametrize("version", [2, 2**31 - 1])
    def test_to_a_version_that_is_not_there(self, api, page, version):
        assert codes(api.post(url_of(page, "revert/"), {"version": version}), 422) == [
            ("/version", "no_such_version")
        ]

    @pytest.mark.parametrize("version", [0, -1, 2**31, "x", None, ""])
    def test_to_no_version_at_all(self, api, page, version):
        answer = api.post(url_of(page, "revert/"), {"version": version}, format="json")
        assert [pointer for pointer, _code in codes(answer, 400)] == ["/version"]

    def test_what_is_not_right_any_more_is_refused_with_its_place(self, api, page):
        Wireframe.objects.update(layout={"content": [{"type": "Marquee", "props": {"id": "m"}}]})
        Wireframe.objects.update(layout={"content": []})
        answer = api.post(url_of(page, "revert/"), {"version": 2})
        assert [pointer for pointer, _code in codes(answer, 422)] == ["/layout/content/0/type"]
        page.refresh_from_db()
        assert (page.layout, page.version) == ({"content": []}, 3)

    def test_a_project_does_not_go_back_to_a_sitemap_that_is_gone(self, api, project):
        remove(project.current_sitemap)
        answer = api.post(url_of(project, "revert/"), {"version": 2})
        assert codes(answer, 422) == [("/current_sitemap", "gone")]


class TestRestoring:
    def gone(self, api, record):
        query = {"entity_id": str(record.pk), "is_deletion": "true"}
        return api.get(f"{API}/versions/", query).json()["results"]

    def restore(self, api, version):
        return api.post(f"{API}/versions/{version['id']}/restore/")

    def test_a_deleted_page_comes_back_with_its_id_and_its_style(self, api, page, user):
        guide = StyleGuide.objects.get(wireframe=page)
        before = versioning.content_of(page)
        assert api.delete(url_of(page)).status_code == 204
        assert api.get(url_of(page)).status_code == 404
        (last,) = self.gone(api, page)
        assert (last["user"], last["data"], last["version_number"]) == (str(user.pk), before, 2)
        back = self.restore(api, last)
        assert back.status_code == 201, back.content
        assert back.json() == {"entity_type": "wireframes", "id": str(page.pk), "version": 3}
        page.refresh_from_db()
        assert versioning.content_of(page) == before
        assert StyleGuide.objects.get(wireframe=page).pk == guide.pk
        assert present(page).exists()
        listed = api.get(url_of(page, "versions/")).json()["results"]
        assert [each["version_number"] for each in listed] == [3, 2, 1]

    def test_a_sitemap_comes_back_with_its_pages_and_is_the_projects_again(self, api, project):
        sitemap = project.current_sitemap
        counts = [model.objects.count() for model in (Wireframe, StyleGuide)]
        remove(sitemap)
        assert not Wireframe.objects.exists()
        (last,) = self.gone(api, sitemap)
        assert self.restore(api, last).status_code == 201
        assert [model.objects.count() for model in (Wireframe, StyleGuide)] == counts
        project.refresh_from_db()
        assert project.current_sitemap_id == sitemap.pk

    def test_only_what_is_gone_comes_back_and_once(self, api, page):
        (made,) = api.get(url_of(page, "versions/")).json()["results"]
        assert codes(self.restore(api, made), 422) == [("/id", "not_a_deletion")]
        remove(page)
        (last,) = self.gone(api, page)
        assert self.restore(api, last).status_code == 201
        assert codes(self.restore(api, last), 422) == [("/id", "not_a_deletion")]

    def test_its_place_must_be_there_and_free(self, api, page):
        guide = StyleGuide.objects.get(wireframe=page)
        remove(page)
        (style,), (last,) = self.gone(api, guide), self.gone(api, page)
        assert codes(self.restore(api, style), 422) == [("/wireframe", "gone")]
        Wireframe.objects.create(
            workspace_id=page.workspace_id, sitemap=page.sitemap, page_key=page.page_key, title="T"
        )
        assert codes(self.restore(api, last), 422) == [("/sitemap", "taken")]

    def test_a_project_is_not_restored_like_this(self, api, project):
        version = api.get(url_of(project, "versions/")).json()["results"][0]
        assert codes(self.restore(api, version), 422) == [("/id", "not_a_deletion")]


class TestAsOf:
    def at(self, api, project, moment):
        text = moment if isinstance(moment, str) else moment.isoformat()
        return api.get(url_of(project), {"at": text})

    def test_all_documents_are_as_of_one_moment(self, api, project, page):
        then = self.later(api, project, page)
        old = self.at(api, project, then).json()
        assert (old["name"], old["version"]) == ("Dune House", 2)
        assert {key: len(rows) for key, rows in old["documents"].items()} == {
            "sitemaps": 1, "wireframes": 3, "style_guides": 1,
        }  # fmt: skip
        (shown,) = (each for each in old["documents"]["wireframes"] if each["id"] == str(page.pk))
        assert (shown["title"], shown["version"]) == (page.title, 1)
        now = self.at(api, project, datetime.datetime.now(datetime.UTC)).json()
        assert now["name"] == "Dune"
        assert str(page.pk) not in [each["id"] for each in now["documents"]["wireframes"]]
        assert now["documents"]["style_guides"] == []
        assert api.get(url_of(project)).json()["name"] == "Dune"

    def test_what_belonged_to_something_gone_is_gone_with_it(self, api, project):
        """A deletion that waited for another's lock may be timed after its parent's."""
        sitemap, hour = project.current_sitemap, datetime.timedelta(hours=1)
        aged(VersionHistory.objects.all(), -2 * hour)
        remove(sitemap)
        aged(VersionHistory.objects.of(sitemap).filter(is_deletion=True), -hour)
        between = datetime.datetime.now(datetime.UTC) - hour / 2
        documents = self.at(api, project, between).json()["documents"]
        assert documents == {"sitemaps": [], "wireframes": [], "style_guides": []}

    def later(self, api, project, page):
        """As if an hour had gone by: versions of one test have one time, its transaction's."""
        aged(VersionHistory.objects.all(), datetime.timedelta(hours=-1))
        api.patch(url_of(project), {"name": "Dune"})
        remove(page)
        return VersionHistory.objects.earliest("saved_at").saved_at

    @pytest.mark.parametrize(
        "text", ["", "yesterday", "2026-13-01T00:00:00Z", "2026-05-01T12:00:00", "\0", "9" * 400]
    )
    def test_rubbish_is_refused_by_name(self, api, project, text):
        answer = self.at(api, project, text)
        assert answer.status_code == 400
        assert [each["parameter"] for each in answer.json()["errors"]] == ["at"]

    def test_before_the_project_was_made_is_refused(self, api, project):
        for text in ("2001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"):
            answer = self.at(api, project, text)
            assert answer.status_code == 400
            (error,) = answer.json()["errors"]
            assert error["parameter"] == "at"

    def test_long_after_it_is_as_it_is_now(self, api, project):
        for text in ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00"):
            assert self.at(api, project, text).status_code in (200, 400), text

    def test_it_goes_with_no_other_parameter(self, api, project):
        answer = api.get(url_of(project), {"at": "2026-05-01T12:00:00Z", "fields": "name"})
        assert [each["parameter"] for each in answer.json()["errors"]] == ["fields"]


class TestWho:
    ROUTES = ("versions/", "versions/1/", "compare/?from=1")

    def test_a_stranger_finds_nothing(self, page):
        stranger = client_of(MembershipFactory(role="owner"))
        for more in self.ROUTES:
            assert stranger.get(url_of(page, more)).status_code == 404
        assert stranger.post(url_of(page, "revert/"), {"version": 1}).status_code == 404
        assert stranger.post(url_of(page, "versions/"), {"message": "M"}).status_code == 404
        version = VersionHistory.objects.of(page).get()
        assert stranger.post(f"{API}/versions/{version.pk}/restore/").status_code == 404
        assert stranger.get(f"{API}/versions/{version.pk}/").status_code == 404

    def test_viewers_read_and_do_not_write(self, workspace, page):
        viewer = client_of(MembershipFactory(workspace=workspace, role="viewer"))
        for more in self.ROUTES:
            assert viewer.get(url_of(page, more)).status_code == 200
        assert viewer.post(url_of(page, "revert/"), {"version": 1}).status_code == 403
        assert viewer.post(url_of(page, "versions/"), {"message": "M"}).status_code == 403

    def test_a_collaborator_has_the_versions_of_that_project_alone(self, page):
        guest = MembershipFactory(role="owner")
        work = CollaboratorFactory(project=page.sitemap.project, user=guest.user, role="viewer")
        other = Wireframe.objects.filter(sitemap__project=ProjectFactory()).earliest("id")
        client = client_of(guest)
        assert client.get(url_of(page, "versions/")).status_code == 200
        assert client.get(url_of(other, "versions/")).status_code == 404
        assert client.post(url_of(page, "revert/"), {"version": 1}).status_code == 403
        work.role = "editor"
        work.save()
        assert client.post(url_of(page, "revert/"), {"version": 1}).status_code == 200
        remove(page)
        last = VersionHistory.objects.of(page).latest("version_number")
        assert client.post(f"{API}/versions/{last.pk}/restore/").status_code == 201

    def test_a_program_saves_as_nobody(self, workspace, page):
        _key, secret = issue_key(workspace=workspace, kind="server", name="t")
        from rest_framework.test import APIClient

        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        client.patch(url_of(page), {"title": "A"})
        client.patch(url_of(page), {"title": "B"})
        rows = client.get(url_of(page, "versions/")).json()["results"]
        assert [(each["version_number"], each["user"]) for each in rows[:2]] == [
            (3, None), (2, None),
        ]  # fmt: skip
