"""What differs between a release and the draft, or another release."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.keys import issue_key
from builder import publishing, release_changes
from builder.models import Release, ReleaseFile, Wireframe
from builder.rendering.blocks import BLOCKS
from tests.builder.factories import ProjectFactory
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(project):
    return publish(project)


@pytest.fixture
def api(workspace):
    _key, secret = issue_key(workspace=workspace, kind="server", name="s", user=None)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def console(client, workspace):
    staff = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    client.force_login(staff.user)
    return client


def publish(project):
    return publishing.publish(project=project, user=project.owner)


def page(project, key="home"):
    return Wireframe.objects.get(sitemap=project.current_sitemap, page_key=key)


def retitle(project, title):
    wireframe = page(project)
    wireframe.layout["content"][1]["props"]["title"] = title
    wireframe.save()


def compared(release, wanted="draft"):
    release = Release.objects.get(pk=release.pk)
    other = release_changes.side(release=release, wanted=str(wanted))
    return release_changes.compare(release_changes.of_release(release), other)


def test_what_is_the_same_differs_in_nothing(project, release):
    assert compared(release) == []
    assert compared(release, release.pk) == []


def test_a_changed_page_is_told_line_by_line_and_by_component(project, release):
    before = page(project).layout["content"][1]["props"]["title"].replace("*", "")
    retitle(project, "Houses that *stand*")
    (change,) = compared(release)
    assert (change.path, change.status) == ("/", "changed")
    lines = {(line.mark, line.text) for line in change.text}
    assert ("-", " ".join(before.split())) in lines
    assert ("+", "Houses that stand") in lines
    hero = page(project).layout["content"][1]
    assert [(c.status, c.id, c.type) for c in change.components] == [
        ("changed", hero["props"]["id"], hero["type"])
    ]
    # Comparing keeps nothing.
    assert Release.objects.count() == 1
    files = {entry["sha256"] for entry in release.manifest.values()}
    assert set(ReleaseFile.objects.values_list("sha256", flat=True)) == files


def test_components_that_come_and_go(project, release):
    wireframe = page(project)
    gone = wireframe.layout["content"].pop(2)
    wireframe.layout["content"].append(
        {"type": "CallToAction", "props": {"id": "new-one", "title": "Call", "actions": [
            {"label": "Now", "href": "/contact"}]}}
    )  # fmt: skip
    wireframe.save()
    (change,) = compared(release)
    found = {(each.status, each.id) for each in change.components}
    assert {("added", "new-one"), ("removed", gone["props"]["id"])} <= found


def test_pages_that_come_and_go(project, release):
    sitemap = project.current_sitemap
    sitemap.pages["practice"]["path"] = "/work"
    sitemap.save()
    found = {change.path: change for change in compared(release)}
    assert (found["/work"].status, found["/practice"].status) == ("added", "removed")
    assert {line.mark for line in found["/work"].text} == {"+"}
    assert found["/work"].size_before is None
    assert found["/practice"].size_after is None
    assert found["/sitemap.xml"].text == ()


def test_a_colour_changes_pages_that_say_the_same(project, release):
    guide = page(project).style_guides.get()
    value = {"colorSpace": "srgb", "components": [0.1, 0.1, 0.4]}
    guide.colors["accent"] = {"$type": "color", "$value": value}
    guide.save()
    found = {change.path: change for change in compared(release)}
    assert found["/practice"].status == "changed"
    assert found["/practice"].text == found["/practice"].components == ()
    assert sum(path.endswith(".css") for path in found) == 2


def test_two_releases_are_compared_as_they_were_published(project, release):
    retitle(project, "Second")
    second = publish(project)
    retitle(project, "Third")
    (change,) = compared(release, second.pk)
    assert ("+", "Second") in {(line.mark, line.text) for line in change.text}
    (back,) = compared(second, release.pk)
    assert ("-", "Second") in {(line.mark, line.text) for line in back.text}


def test_visible_text_is_what_a_reader_sees():
    html = b"""<!doctype html><title>T</title><meta name="description" content="D">
    <style>no</style><script>no</script><p>One <b>two</b>\n three<br>four</p>
    <img src="x" alt="Picture"><svg><text>no</text><path d="M0"/></svg><p>&lt;five&gt;</p>"""
    assert release_changes.visible_text(html) == [
        "T",
        "D",
        "One two three",
        "four",
        "Picture",
        "<five>",
    ]


def test_lines_far_from_any_change_are_folded():
    text = [release_changes.Line(" ", str(n)) for n in range(9)]
    text[4] = release_changes.Line("+", "new")
    shown = release_changes.near_changes(text)
    assert [line.text if line else None for line in shown] == [
        None, "2", "3", "new", "5", "6", None,
    ]  # fmt: skip
    assert release_changes.near_changes(()) == []


def test_documents_of_dynamic_blocks_are_no_paths_of_their_own(project, release):
    wireframe = page(project)
    hero = wireframe.layout["content"][1]["props"]["id"]
    root = wireframe.layout.setdefault("root", {}).setdefault("props", {})
    root["dynamic"] = {hero: {"variants": {"evening": {"title": "Good evening"}}}}
    wireframe.save()
    fresh = Release.objects.get(pk=release.pk)
    side = release_changes.side(release=fresh, wanted="draft")
    assert any(path.startswith(BLOCKS) for path in side.manifest)
    assert not any(change.path.startswith(BLOCKS) for change in compared(release))


# --- API ---


def test_the_api_tells_what_differs(api, project, release):
    retitle(project, "Houses that stand")
    answer = api.get(f"/api/v1/releases/{release.pk}/compare/?with=draft")
    assert answer.status_code == 200
    (change,) = answer.json()["changes"]
    assert (change["path"], change["status"]) == ("/", "changed")
    assert {"mark": "+", "text": "Houses that stand"} in change["text"]
    second = publish(project)
    answer = api.get(f"/api/v1/releases/{release.pk}/compare/?with={second.pk}")
    assert [each["path"] for each in answer.json()["changes"]] == ["/"]


@pytest.mark.parametrize("wanted", ["nonsense", "0199c2d4-5b7e-7000-8000-000000000001"])
def test_a_release_that_the_project_has_not_is_pointed_at(api, release, wanted):
    answer = api.get(f"/api/v1/releases/{release.pk}/compare/?with={wanted}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/with"
    assert answer.json()["errors"][0]["code"] == "unknown_release"


def test_another_projects_release_is_not_compared_with(api, project, release):
    other = publish(ProjectFactory(workspace=project.workspace, owner=project.owner))
    assert api.get(f"/api/v1/releases/{release.pk}/compare/?with={other.pk}").status_code == 422


def test_a_draft_with_faults_is_told_with_its_places(api, project, release):
    wireframe = page(project)
    wireframe.layout["content"][1]["type"] = "Carousel"
    wireframe.save()
    answer = api.get(f"/api/v1/releases/{release.pk}/compare/")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/wireframes/home/content/1/type"


def test_a_release_whose_file_is_gone_is_told_with_its_place(api, project, release):
    retitle(project, "New")
    ReleaseFile.objects.filter(sha256=release.manifest["/"]["sha256"]).delete()
    answer = api.get(f"/api/v1/releases/{release.pk}/compare/")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/release/manifest/~1"


# --- console ---


def test_the_console_shows_both_pages_and_what_differs(console, project, release):
    url = reverse("admin:builder_release_comparison", args=[release.pk])
    assert "Nothing differs" in console.get(url).content.decode()
    retitle(project, "Houses <that> stand")
    answer = console.get(url)
    shown = answer.content.decode()
    assert "Houses &lt;that&gt; stand" in shown
    assert shown.count("<iframe") == 2
    assert "frame-src 'self'" in answer.headers["content-security-policy"]
    second = publish(project)
    assert str(second.pk) in console.get(url).content.decode()
    assert "Houses &lt;that&gt; stand" in console.get(f"{url}?with={second.pk}").content.decode()


def test_a_framed_page_can_do_nothing(console, project, release):
    retitle(project, "Houses that stand")
    url = reverse("admin:builder_release_frame", args=[release.pk])
    before, after = console.get(f"{url}?path=/"), console.get(f"{url}?path=/&side=draft")
    assert "Houses that stand" not in before.content.decode()
    assert "Houses that stand" in after.content.decode()
    for answer in (before, after):
        parts = answer.headers["content-security-policy"].split("; ")
        policy = {part.partition(" ")[0]: part.partition(" ")[2] for part in parts}
        assert policy["default-src"] == "'none'"
        assert "script-src" not in policy
        assert policy["sandbox"] == ""
        assert policy["frame-ancestors"] == "'self'"
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert "<script" not in answer.content.decode()
        assert 'href="data:text/css;base64,' in answer.content.decode()


@pytest.mark.parametrize("path", ["/nowhere", "/robots.txt", ""])
def test_a_frame_shows_pages_only(console, release, path):
    console.raise_request_exception = False
    url = reverse("admin:builder_release_frame", args=[release.pk])
    assert console.get(url, {"path": path}).status_code == 404


def test_the_console_tells_faults_of_the_draft(console, project, release):
    wireframe = page(project)
    wireframe.layout["content"][1]["type"] = "Carousel"
    wireframe.save()
    url = reverse("admin:builder_release_comparison", args=[release.pk])
    shown = console.get(url).content.decode()
    assert "/wireframes/home/content/1/type" in shown
    assert "<iframe" not in shown


def test_another_workspaces_release_is_not_looked_at(console):
    theirs = ProjectFactory()
    release = publish(theirs)
    console.raise_request_exception = False
    for name in ("comparison", "frame"):
        url = reverse(f"admin:builder_release_{name}", args=[release.pk])
        assert console.get(url).status_code == 404
