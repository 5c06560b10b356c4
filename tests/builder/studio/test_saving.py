"""Saving a page and the design: what is right is kept, what is not is said where it is."""

import pytest
from django.test import Client

from builder.models import StyleGuide, VersionHistory
from tests.builder.studio.documents import address, layout_with, page_of, pointers, put, save
from tests.builder.studio.documents import post as post_json

pytestmark = pytest.mark.django_db


def hero_of(project):
    content = page_of(project).layout["content"]
    return next(each["props"] for each in content if each["type"] == "Hero")


def test_a_page_is_saved_over_the_revision_it_stands_on(editor, project):
    told = editor.get(address("layout", project, "home")).json()
    assert told["layout"] == page_of(project).layout
    answer = save(editor, project, layout_with(project, title="Wind"), revision=told["revision"])
    assert answer.status_code == 200
    assert hero_of(project)["title"] == "Wind"
    assert answer.json()["revision"] == page_of(project).revision != told["revision"]


def test_autosaves_are_one_version_and_a_named_one_is_its_own(editor, project):
    save(editor, project, layout_with(project, title="One"))
    begun = page_of(project).version
    save(editor, project, layout_with(project, title="Two"))
    assert page_of(project).version == begun
    named = post_json(editor, address("name-version", project, "home"), {"name": "With wind"})
    assert named.status_code == 200
    save(editor, project, layout_with(project, title="Three"))
    messages = VersionHistory.objects.of(page_of(project)).order_by("version_number")
    assert [each.message for each in messages][-2:] == ["With wind", ""]


def test_who_comes_second_is_told_and_nothing_is_lost(editor, visiting, project):
    stands_on = page_of(project).revision
    other = visiting("editor")
    assert save(other, project, layout_with(project, title="Theirs")).status_code == 200
    mine = layout_with(project, title="Mine")
    answer = save(editor, project, mine, revision=stands_on)
    assert answer.status_code == 409
    current = answer.json()["current"]
    assert current["saved"]["by"] == "Noura Al-Harbi"
    assert current["revision"] == page_of(project).revision
    assert hero_of(project)["title"] == "Theirs"
    over = save(editor, project, mine, revision=current["revision"])
    assert over.status_code == 200
    assert hero_of(project)["title"] == "Mine"
    kept = [each.data["layout"] for each in VersionHistory.objects.of(page_of(project))]
    titles = {part["props"].get("title") for each in kept for part in each["content"]}
    assert {"Theirs", "Mine"} <= titles


def test_mine_may_be_kept_aside(editor, visiting, project):
    save(visiting("editor"), project, layout_with(project, title="Theirs"))
    body = {"layout": layout_with(project, title="Mine"), "aside": True}
    answer = put(editor, address("layout", project, "home"), body)
    assert answer.status_code == 200
    assert hero_of(project)["title"] == "Theirs"
    aside = VersionHistory.objects.of(page_of(project)).get(message="Kept aside")
    assert "Mine" in str(aside.data["layout"])


@pytest.mark.parametrize(
    ("props", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"title": 7}, "/title"),
        ({"title": "x" * 161}, "/title"),
        ({"actions": "none"}, "/actions"),
        ({"actions": [{"label": "Go", "href": "javascript:alert(1)"}]}, "/actions/0/href"),
        ({"tone": "loud"}, "/tone"),
        ({"unheard": True}, "/unheard"),
        ({"picture": {"art": "../../etc/passwd"}}, "/picture/art"),
        ({"picture": {"src": "http://example.com/x.png"}}, "/picture/src"),
    ],
)
def test_a_fault_is_said_where_it_is(editor, project, props, pointer):
    before = page_of(project).layout
    layout = layout_with(project, **props)
    place = next(n for n, each in enumerate(layout["content"]) if each["type"] == "Hero")
    answer = save(editor, project, layout)
    assert answer.status_code == 422
    assert pointers(answer) == [f"/layout/content/{place}/props{pointer}"]
    assert page_of(project).layout == before


@pytest.mark.parametrize(
    "layout",
    [None, [], "x", 7, {}, {"content": {}}, {"content": [None]}, {"content": [], "x": "\x00"}],
)
def test_what_is_no_layout_is_refused(editor, project, layout):
    before = page_of(project).layout
    assert save(editor, project, layout).status_code == 422
    assert page_of(project).layout == before


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "[" * 100_000, "\xff"])
def test_what_is_no_json_is_refused(editor, project, body):
    answer = editor.put(
        address("layout", project, "home"), body.encode("latin-1"), content_type="application/json"
    )
    assert answer.status_code == 400


def test_too_much_is_refused(editor, project):
    answer = save(editor, project, layout_with(project, text="x" * 2_600_000))
    assert answer.status_code == 400


@pytest.mark.parametrize("key", ["..", "%2e%2e", "home%2F..", "nothing", "HOME", "home\x00"])
def test_a_key_that_is_no_pages_is_not_found(editor, project, key):
    from urllib.parse import quote

    where = f"/studio/{project.pk}/pages/{quote(key, safe='%.')}/"
    assert editor.get(where).status_code == 404
    assert put(editor, where, {"layout": {}, "revision": ""}).status_code in (404, 422)


def test_without_the_sites_own_token_nothing_is_saved(project, editor):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(editor.user, "django.contrib.auth.backends.ModelBackend")
    for name, more in (("layout", ["home"]), ("style", [])):
        assert put(careful, address(name, project, *more), {}).status_code == 403
    assert careful.post(address("publish", project)).status_code == 403
    assert careful.post(f"/studio/{project.pk}/pages/", {}).status_code == 403


def test_script_in_a_text_is_drawn_as_text(editor, project):
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    body = {"layout": layout_with(project, title=hostile), "language": "en"}
    html = post_json(editor, address("draw", project, "home"), body).json()["html"]
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>" not in html
    assert "onerror=&quot;" in html
    save(editor, project, body["layout"])
    page = editor.get(address("editor", project)).content.decode()
    assert "<script>alert" not in page
    assert "<script>alert" not in editor.get(address("picture", project)).content.decode()


def test_script_in_names_is_escaped_everywhere(editor, project):
    hostile = "</script><script>alert(1)</script>"
    project.name = hostile
    project.save()
    body = {"do": "change", "key": "home", "title": hostile}
    assert post_json(editor, address("pages", project), body).status_code == 200
    for where in ("/studio/", address("editor", project), address("publish", project)):
        assert "<script>alert" not in editor.get(where).content.decode()


def test_a_drawing_is_kept_nowhere(editor, project):
    before = page_of(project)
    body = {"layout": layout_with(project, title="Only drawn"), "language": "en"}
    answer = post_json(editor, address("draw", project, "home"), body).json()
    assert "Only drawn" in answer["html"]
    assert page_of(project).layout == before.layout
    assert page_of(project).revision == before.revision
    again = {**body, "css": answer["cssName"]}
    assert "css" not in post_json(editor, address("draw", project, "home"), again).json()


def test_a_viewer_sees_drawings(visiting, project):
    viewer = visiting("viewer")
    answer = post_json(viewer, address("draw", project, "home"), {"language": "en"})
    assert answer.status_code == 200


def test_the_design_is_saved_over_its_revision(editor, project):
    where = address("style", project)
    told = editor.get(where).json()
    accent = {"colorSpace": "srgb", "components": [0.1, 0.2, 0.3], "hex": "#1a334d"}
    colors = {**told["columns"]["colors"], "accent": {"$type": "color", "$value": accent}}
    body = {"columns": {"colors": colors}, "revision": told["revision"]}
    assert put(editor, where, body).status_code == 200
    guide = StyleGuide.objects.get(wireframe=page_of(project))
    assert guide.colors["accent"]["$value"]["hex"] == "#1a334d"
    assert put(editor, where, body).status_code == 409


@pytest.mark.parametrize(
    ("columns", "status"),
    [
        ({"colors": {"accent": {"$type": "color", "$value": "red; background: url(x)"}}}, 422),
        ({"colors": []}, 422),
        ({"nothing": {}}, 422),
        ("x", 422),
        (None, 422),
    ],
)
def test_a_design_with_faults_is_refused(editor, project, columns, status):
    where = address("style", project)
    before = editor.get(where).json()
    body = {"columns": columns, "revision": before["revision"]}
    assert put(editor, where, body).status_code == status
    assert editor.get(where).json()["columns"] == before["columns"]


def test_reading_a_page_asks_the_database_a_constant_number_of_times(
    editor, project, django_assert_max_num_queries
):
    editor.get(address("layout", project, "home"))
    with django_assert_max_num_queries(24):
        editor.get(address("layout", project, "home"))
