import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.keys import issue_key
from builder.models import Project, Release, ReleaseFile, SiteAddress, Template, Wireframe
from builder.rendering import PageScript
from tests.builder.factories import CollaboratorFactory, ProjectFactory, built_in
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
API = "/api/v1"


def client_of(membership, kind="personal"):
    user = membership.user if kind == "personal" else None
    _key, secret = issue_key(workspace=membership.workspace, kind=kind, name="t", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def stranger():
    return client_of(MembershipFactory(role="owner"))


def rows(response):
    assert response.status_code == 200, response.content
    return response.json()["results"]


def only(api, path, **query):
    (row,) = rows(api.get(f"{API}/{path}/", query))
    return row


def home_of(api, project):
    return only(api, "wireframes", project=project.pk, page_key="home")


def errors(response, status):
    assert response.status_code == status, response.content
    assert response.headers["content-type"].startswith("application/problem+json")
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def test_the_platforms_templates_are_offered_to_everyone(api):
    built_in()
    found = rows(api.get(f"{API}/templates/"))
    assert {row["slug"] for row in found} >= {"marram", "millibar"}
    template = only(api, "templates", slug="marram")
    assert [page["path"] for page in template["pages"]] == ["/", "/practice", "/contact"]
    one = api.get(f"{API}/templates/{template['id']}/", headers={"accept-language": "ar"}).json()
    assert one["name"] == Template.objects.get(slug="marram").local_name("ar")
    assert api.post(f"{API}/templates/", {}).status_code == 405


def test_from_a_template_to_a_live_site(api, member):
    template = built_in()
    made = api.post(f"{API}/projects/", {"template": str(template.pk), "name": "Dune House"})
    assert made.status_code == 201
    project = made.json()
    assert project["site_url"].startswith("http://dune-house.")
    assert (project["status"], project["is_live"]) == ("draft", False)
    assert project["owner"] == str(member.user_id)
    published = api.post(f"{API}/projects/{project['id']}/publish/", {"note": "first"})
    assert published.status_code == 200
    release = published.json()
    assert (release["number"], release["is_live"], release["note"]) == (1, True, "first")
    assert api.get(f"{API}/projects/{project['id']}/").json()["is_live"] is True
    assert api.post(f"{API}/projects/{project['id']}/publish/").json()["id"] == release["id"]


def test_a_servers_key_makes_projects_for_the_workspaces_owner(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")
    client = client_of(owner, kind="server")
    made = client.post(f"{API}/projects/", {"template": str(built_in().pk), "name": "X"})
    assert made.json()["owner"] == str(owner.user_id)


def test_a_project_asks_for_a_template_and_a_name(api, stranger):
    built_in()
    private = Template.objects.get(slug="marram")
    private.pk, private.slug, private._state.adding = None, "private", True
    private.workspace = MembershipFactory().workspace
    private.id = None
    private.save()
    answer = api.post(f"{API}/projects/", {"template": str(private.pk), "language": "xx"})
    assert dict(errors(answer, 400)) == {
        "/template": "does_not_exist",
        "/name": "required",
        "/language": "invalid_choice",
    }


def test_a_changed_layout_is_kept_and_its_components_known(api, project):
    home = home_of(api, project)
    home["layout"]["content"][1]["props"]["title"] = "New words"
    changed = api.patch(f"{API}/wireframes/{home['id']}/", {"layout": home["layout"]})
    assert changed.status_code == 200
    assert changed.json()["components"] == [c["props"]["id"] for c in home["layout"]["content"]]
    assert home_of(api, project)["layout"] == home["layout"]
    form = only(api, "components", project=project.pk, component_type="contact_form")
    assert (form["component_id"], form["page_key"]) == ("contact-form", "contact")


def test_a_layout_with_faults_is_refused_with_their_places(api, project):
    home = home_of(api, project)
    layout = home["layout"]
    layout["content"][2]["type"] = "Carousel"
    layout["content"][1]["props"]["actions"][0]["href"] = "javascript:alert(1)"
    answer = api.patch(f"{API}/wireframes/{home['id']}/", {"layout": layout})
    found = errors(answer, 400)
    assert ("/layout/content/2/type", "unknown_section") in found
    assert ("/layout/content/1/props/actions/0/href", "unsafe_url") in found
    assert home_of(api, project)["layout"] != layout


def test_a_new_page_takes_a_place_in_the_sitemap_and_a_layout(api, project):
    sitemap = only(api, "sitemaps", project=project.pk)
    pages = {**sitemap["pages"], "visits": {"title": "Visits", "path": "/visits", "order": 9}}
    assert api.patch(f"{API}/sitemaps/{sitemap['id']}/", {"pages": pages}).status_code == 200
    answer = api.post(f"{API}/projects/{project.pk}/publish/")
    assert errors(answer, 422) == [("/wireframes/visits", "missing_wireframe")]
    page = {
        "sitemap": sitemap["id"],
        "page_key": "visits",
        "title": "Visits",
        "layout": {"root": {"props": {}}, "content": [], "zones": {}},
    }
    assert api.post(f"{API}/wireframes/", page).status_code == 201
    assert api.post(f"{API}/wireframes/", page).status_code == 409
    release = api.post(f"{API}/projects/{project.pk}/publish/").json()
    assert "/visits" in release["manifest"]


def test_a_page_that_is_taken_out_is_published_no_more(api, project):
    sitemap = only(api, "sitemaps", project=project.pk)
    contact = only(api, "wireframes", project=project.pk, page_key="contact")
    assert api.delete(f"{API}/wireframes/{contact['id']}/").status_code == 204
    assert rows(api.get(f"{API}/components/", {"component_type": "contact_form"})) == []
    pages = {key: page for key, page in sitemap["pages"].items() if key != "contact"}
    api.patch(f"{API}/sitemaps/{sitemap['id']}/", {"pages": pages})
    found = errors(api.post(f"{API}/projects/{project.pk}/publish/"), 422)
    # The other pages still lead to it, and each link is named.
    assert {code for _pointer, code in found} == {"unknown_page"}
    assert all(pointer.endswith("/href") for pointer, _code in found)


def test_a_sitemap_with_faults_is_refused_with_their_places(api, project):
    sitemap = only(api, "sitemaps", project=project.pk)
    answer = api.patch(
        f"{API}/sitemaps/{sitemap['id']}/",
        {"pages": {**sitemap["pages"], "x": {"title": "X", "path": "/practice"}}},
    )
    assert errors(answer, 400) == [("/pages/x/path", "duplicate_path")]


def test_a_style_is_changed_by_its_groups(api, project):
    guide = only(api, "style-guides", project=project.pk)
    colors = guide["colors"]
    colors["accent"]["$value"] = {"colorSpace": "srgb", "components": [0.1, 0.1, 0.4]}
    url = f"{API}/style-guides/{guide['id']}/"
    assert api.patch(url, {"colors": colors}).status_code == 200
    colors["accent"]["$value"] = "{color.nothing}"
    ((pointer, _code),) = errors(api.patch(url, {"colors": colors}), 400)
    assert pointer.startswith("/colors/accent")


def test_publishing_names_the_faults_and_publishes_nothing(api, project):
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    wireframe.layout["content"][2]["type"] = "Carousel"
    wireframe.save()
    for action in ("publish", "preview"):
        answer = api.post(f"{API}/projects/{project.pk}/{action}/")
        assert errors(answer, 422) == [("/wireframes/home/content/2/type", "unknown_section")]
    assert not Release.objects.exists()
    assert not ReleaseFile.objects.exists()


def test_a_project_without_a_page_is_in_no_state_to_be_published(api, project):
    project.current_sitemap.pages = {}
    project.current_sitemap.save()
    for action in ("publish", "preview"):
        answer = api.post(f"{API}/projects/{project.pk}/{action}/")
        assert errors(answer, 409) == [("/sitemap/pages", "no_pages")]
        assert answer.json()["code"] == "nothing_to_publish"


def test_a_failing_script_leaves_nothing_behind(api, project, settings):
    settings.BUILDER_PAGE_SCRIPTS = ["tests.builder.test_api.bad_script"]
    api.raise_request_exception = False
    assert api.post(f"{API}/projects/{project.pk}/publish/").status_code == 500
    assert not ReleaseFile.objects.exists()


def bad_script(*, project):
    return PageScript(name="bad.js", body=b"", attributes={"onload": "x"})


def test_down_back_and_earlier(api, project):
    url = f"{API}/projects/{project.pk}"
    first = api.post(f"{url}/publish/").json()
    home = home_of(api, project)
    home["layout"]["content"][1]["props"]["title"] = "Second"
    api.patch(f"{API}/wireframes/{home['id']}/", {"layout": home["layout"]})
    second = api.post(f"{url}/publish/").json()
    assert second["number"] == 2
    assert (
        api.post(f"{url}/rollback/", {"release": first["id"]}).json()["live_release"]
        == (first["id"])
    )
    assert api.post(f"{url}/unpublish/").json()["is_live"] is False
    listed = rows(api.get(f"{API}/releases/", {"project": project.pk, "kind": "live"}))
    assert [row["number"] for row in listed] == [2, 1]
    assert not any(row["is_live"] for row in listed)


def test_only_a_published_release_of_the_project_is_gone_back_to(api, project):
    other = ProjectFactory(workspace=project.workspace, owner=project.owner)
    theirs = api.post(f"{API}/projects/{other.pk}/publish/").json()
    url = f"{API}/projects/{project.pk}"
    preview = api.post(f"{url}/preview/").json()
    assert errors(api.post(f"{url}/rollback/", {"release": theirs["id"]}), 422) == [
        ("/release", "not_published")
    ]
    assert errors(api.post(f"{url}/rollback/", {"release": preview["release"]}), 400) == [
        ("/release", "does_not_exist")
    ]


def test_a_preview_is_a_link(api, project):
    preview = api.post(f"{API}/projects/{project.pk}/preview/")
    assert preview.status_code == 201
    assert "/_hh/preview/" in preview.json()["url"]
    assert api.get(f"{API}/projects/{project.pk}/").json()["is_live"] is False


def test_a_status_is_changed_where_that_makes_sense(api, project):
    url = f"{API}/projects/{project.pk}/"
    answer = api.patch(url, {"status": "active"})
    assert errors(answer, 400) == [("/status", "transition")]
    api.post(f"{url}publish/")
    assert errors(api.patch(url, {"status": "draft"}), 400) == [("/status", "transition")]
    assert api.patch(url, {"status": "archived"}).json()["is_live"] is False
    assert errors(api.post(f"{url}publish/"), 422) == [("/status", "archived")]
    assert errors(api.patch(url, {"status": "draft"}), 400) == [("/status", "transition")]
    assert api.patch(url, {"status": "active"}).json()["is_live"] is True


def test_a_project_deleted_for_good_takes_its_files_with_it(api, project):
    api.post(f"{API}/projects/{project.pk}/publish/")
    assert api.delete(f"{API}/projects/{project.pk}/").status_code == 204
    assert ReleaseFile.objects.exists()
    assert api.delete(f"{API}/projects/bin/{project.pk}/").status_code == 204
    assert not Project.objects.exists()
    assert not ReleaseFile.objects.exists()


def test_another_editors_project_is_not_deleted(workspace, project):
    for role, status in (("editor", 403), ("admin", 204)):
        client = client_of(MembershipFactory(workspace=workspace, role=role))
        assert client.delete(f"{API}/projects/{project.pk}/").status_code == status


def test_addresses_are_added_and_not_taken_from_others(api, project):
    theirs = ProjectFactory(name="Taken")
    body = {"project": str(project.pk), "label": "second-home"}
    assert api.post(f"{API}/site-addresses/", body).status_code == 201
    for label in ("taken", "console", "Bad_Label"):
        answer = api.post(f"{API}/site-addresses/", {**body, "label": label})
        assert answer.status_code in (400, 422), label
        assert answer.json()["errors"][0]["pointer"] == "/label"
    assert SiteAddress.objects.get(label="taken").project == theirs


READ = ["projects", "sitemaps", "wireframes", "style-guides", "components", "releases",
        "site-addresses"]  # fmt: skip


@pytest.mark.parametrize("path", READ)
def test_a_stranger_finds_nothing(api, stranger, project, path):
    api.post(f"{API}/projects/{project.pk}/publish/")
    (row, *_) = rows(api.get(f"{API}/{path}/"))
    assert rows(stranger.get(f"{API}/{path}/")) == []
    assert stranger.get(f"{API}/{path}/{row['id']}/").status_code == 404
    assert stranger.patch(f"{API}/{path}/{row['id']}/", {}).status_code in (404, 405)


def test_a_strangers_project_is_not_published(stranger, project):
    for action in ("publish", "unpublish", "rollback", "preview"):
        body = {"release": str(project.pk)} if action == "rollback" else {}
        answer = stranger.post(f"{API}/projects/{project.pk}/{action}/", body)
        assert answer.status_code in (400, 404), action
    assert not Release.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_only_reads_publishes_nothing(workspace, project, role):
    client = client_of(MembershipFactory(workspace=workspace, role=role))
    assert client.get(f"{API}/projects/{project.pk}/").status_code == 200
    assert client.post(f"{API}/projects/{project.pk}/publish/").status_code == 403
    home = home_of(client, project)
    assert client.patch(f"{API}/wireframes/{home['id']}/", {"title": "x"}).status_code == 403


class TestCollaborators:
    @pytest.fixture
    def guest(self):
        return MembershipFactory(role="owner")

    def test_a_viewer_reads(self, project, guest):
        CollaboratorFactory(project=project, user=guest.user)
        client = client_of(guest)
        assert only(client, "projects")["id"] == str(project.pk)
        home = home_of(client, project)
        answer = client.patch(f"{API}/wireframes/{home['id']}/", {"title": "x"})
        assert answer.status_code == 403

    def test_an_editor_changes_documents_and_publishes_nothing(self, project, guest):
        CollaboratorFactory(project=project, user=guest.user, role="editor")
        client = client_of(guest)
        home = home_of(client, project)
        home["layout"]["content"].pop(3)
        url = f"{API}/wireframes/{home['id']}/"
        assert client.patch(url, {"layout": home["layout"]}).status_code == 200
        guide = only(client, "style-guides", project=project.pk)
        assert client.patch(f"{API}/style-guides/{guide['id']}/", {"title": "T"}).status_code == 200
        sitemap = only(client, "sitemaps", project=project.pk)
        assert client.patch(f"{API}/sitemaps/{sitemap['id']}/", {"title": "T"}).status_code == 200
        answer = client.patch(f"{API}/projects/{project.pk}/", {"name": "mine"})
        assert answer.status_code == 403
        assert client.post(f"{API}/projects/{project.pk}/publish/").status_code == 403
        assert client.delete(f"{API}/projects/{project.pk}/").status_code == 403

    def test_who_is_no_collaborator_sees_nothing(self, project, guest):
        CollaboratorFactory(project=project, user=UserFactory())
        assert rows(client_of(guest).get(f"{API}/projects/")) == []


@pytest.mark.parametrize("path", READ)
def test_a_list_costs_the_same_however_long_it_is(api, project, path):
    def cost():
        api.post(f"{API}/projects/{Project.objects.latest('id').pk}/publish/")
        with CaptureQueriesContext(connection) as queries:
            found = rows(api.get(f"{API}/{path}/"))
        return len(found), len(queries)

    cost()
    few, asked = cost()
    for _ in range(2):
        ProjectFactory(workspace=project.workspace, owner=project.owner)
    many, asked_for_many = cost()
    assert many > few
    assert asked_for_many == asked
