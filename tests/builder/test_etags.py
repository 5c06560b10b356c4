"""Two who edit the same: who read before the other wrote is told so, and overwrites nothing."""

import pytest

from builder import versioning
from builder.models import Project, Sitemap, StyleGuide, Wireframe
from tests.builder.test_versions_api import PREFIXES, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(project):
    return Wireframe.objects.filter(sitemap__project=project).earliest("id")


def send(api, record, tag, **body):
    return api.patch(url_of(record), body, headers={"If-Match": tag})


@pytest.mark.parametrize("model", [Project, Sitemap, Wireframe, StyleGuide])
def test_each_kind_has_a_tag_that_changes_with_every_save(api, project, model):
    record = model.objects.earliest("id")
    name = "name" if model is Project else "title"
    read = api.get(url_of(record))
    assert read["ETag"] == f'"{record.revision}"'
    seen = [read["ETag"]]
    for value in "ABC":
        answer = send(api, record, seen[-1], **{name: value})
        assert answer.status_code == 200
        seen.append(answer["ETag"])
    assert len(set(seen)) == 4
    assert api.get(url_of(record))["ETag"] == seen[-1]


def test_who_is_late_gets_412_and_changes_nothing(api, page):
    tag = api.get(url_of(page))["ETag"]
    assert send(api, page, tag, title="First").status_code == 200
    late = send(api, page, tag, title="Second")
    assert (late.status_code, late["Content-Type"]) == (412, "application/problem+json")
    assert late.json()["code"] == "precondition_failed"
    assert "read it again" in late.json()["detail"]
    assert "ETag" not in late
    page.refresh_from_db()
    assert page.title == "First"
    assert api.delete(url_of(page), headers={"If-Match": tag}).status_code == 412
    revert = {"path": url_of(page, "revert/"), "data": {"version": 1}}
    assert api.post(**revert, headers={"If-Match": tag}).status_code == 412
    now = api.get(url_of(page))["ETag"]
    assert api.post(**revert, headers={"If-Match": now}).status_code == 200


def test_a_save_by_other_means_is_noticed(api, page):
    tag = api.get(url_of(page))["ETag"]
    Wireframe.objects.filter(pk=page.pk).update(title="By SQL")
    assert send(api, page, tag, title="Late").status_code == 412


def test_what_nobody_edits_does_not_make_one_late(api, project):
    tag = api.get(url_of(project))["ETag"]
    Project.objects.update(site_changed_at="2026-01-01T00:00:00Z")
    assert send(api, project, tag, name="On time").status_code == 200


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("*", 200),
        ('"0.0", {}', 200),
        ("W/{}", 412),
        ('"9.9"', 412),
        ("rubbish", 412),
        ("", 412),
        ("9.1", 412),
        ('"' + "x" * 5000 + '"', 412),
    ],
)
def test_what_the_header_may_say(api, page, header, status):
    tag = api.get(url_of(page))["ETag"]
    assert send(api, page, header.replace("{}", tag), title="T").status_code == status


def test_without_the_header_the_last_one_wins(api, page):
    for title in "AB":
        assert api.patch(url_of(page), {"title": title}).status_code == 200


def test_a_made_document_has_one(api, page):
    body = {"sitemap": str(page.sitemap_id), "page_key": "new", "title": "New",
            "layout": page.layout}  # fmt: skip
    made = api.post("/api/v1/wireframes/", body, format="json")
    assert made.status_code == 201, made.content
    assert made["ETag"] == '"1.1"'
    url = f"/api/v1/{PREFIXES[Wireframe]}/{made.json()['id']}/"
    assert api.delete(url, headers={"If-Match": '"1.1"'}).status_code == 204


def test_a_restored_document_has_a_new_one(api, page):
    """A tag from before it was deleted does not fit what it is after."""
    tag = api.get(url_of(page))["ETag"]
    api.delete(url_of(page))
    versioning.restore(version=versioning.deletions(project=page.sitemap.project).get(
        entity_id=page.pk))  # fmt: skip
    assert send(api, page, tag, title="Late").status_code == 412


def test_a_made_project_shows_the_version_that_it_has(api, project):
    body = {"template": str(project.template_id), "name": "Another"}
    made = api.post("/api/v1/projects/", body)
    assert made.status_code == 201, made.content
    again = api.get(f"/api/v1/projects/{made.json()['id']}/")
    assert (made["ETag"], made.json()["version"]) == (again["ETag"], again.json()["version"])
