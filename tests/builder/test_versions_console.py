"""Versions in the console: the list, two side by side, going back, what is gone."""

import pytest
from django.test import Client
from django.urls import reverse

from builder import documents, versioning
from builder.models import Project, Sitemap, StyleGuide, VersionHistory, Wireframe
from tests.builder.factories import ProjectFactory
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
KINDS = [Project, Sitemap, Wireframe, StyleGuide]


@pytest.fixture
def editor(workspace):
    return signed_in(workspace, "editor")


def signed_in(workspace, role):
    person = MembershipFactory(workspace=workspace, role=role, user__is_staff=True).user
    client = Client()
    client.force_login(person)
    client.person = person
    return client


def url(record, name="versions", *arguments, **query):
    where = f"admin:builder_{record._meta.model_name}_{name}"
    address = reverse(where, args=[record.pk, *arguments])
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else address


@pytest.fixture
def page(project):
    return Wireframe.objects.filter(sitemap__project=project).earliest("id")


def change(page):
    """Take the second component away and give the first another title; returns their ids."""
    first, second, *rest = page.layout["content"]
    other = {**first, "props": {**first["props"], "id": first["props"]["id"]}}
    page.layout = {**page.layout, "content": [other, *rest]}
    page.title = "Another home"
    with versioning.saving(message="Less"):
        documents.save_wireframe(wireframe=page)
    page.refresh_from_db()
    return second["props"]["id"]


class TestList:
    @pytest.mark.parametrize("model", KINDS)
    def test_each_kind_has_one_with_who_when_and_what(self, editor, project, model):
        record = model.objects.earliest("id")
        name = "name" if model is Project else "title"
        model.objects.filter(pk=record.pk).update(**{name: "Changed"})
        shown = editor.get(url(record))
        assert shown.status_code == 200
        assert f"{name} changed" in shown.content.decode()
        link = url(record, "compare", **{"from": record.version, "to": record.version + 1})
        assert link.replace("&", "&amp;") in shown.content.decode()
        change_page = editor.get(reverse(f"admin:builder_{model._meta.model_name}_change",
                                         args=[record.pk])).content.decode()  # fmt: skip
        assert url(record) in change_page

    def test_it_goes_on_to_older_ones(self, editor, page):
        for number in range(30):
            Wireframe.objects.filter(pk=page.pk).update(title=f"T{number}")
        first = editor.get(url(page)).content.decode()
        assert "?before=7" in first
        rest = editor.get(url(page, before=7)).content.decode()
        assert rest.count('class="hh-deed"') == 6

    def test_a_name_is_given_to_what_stands(self, editor, page):
        address = url(page, "name_version")
        answer = editor.post(address, {"message": "Before the season", "_form_submitted": "on"})
        assert answer.status_code in (200, 302), answer.content
        version = VersionHistory.objects.of(page).latest("version_number")
        assert (version.message, version.is_major, version.user) == (
            "Before the season", True, editor.person,
        )  # fmt: skip

    def test_saves_in_the_form_are_one_version(self, editor, page):
        address = reverse("admin:builder_wireframe_change", args=[page.pk])
        form = {"title": "T", "description": "", "layout": "{}", "style_guide": "{}",
                "style_guides-TOTAL_FORMS": "0", "style_guides-INITIAL_FORMS": "0"}  # fmt: skip
        import json

        form["layout"] = json.dumps(page.layout)
        for title in ("A", "B"):
            assert editor.post(address, {**form, "title": title}).status_code == 302
        page.refresh_from_db()
        assert (page.title, page.revision) == ("B", "2.2")


class TestSideBySide:
    def frames(self, client, record, **query):
        text = client.get(url(record, "compare", **query)).content.decode()
        return text, [part.split('"')[0].replace("&amp;", "&")
                      for part in text.split('<iframe src="')[1:]]  # fmt: skip

    def test_both_are_rendered_with_what_differs_outlined(self, editor, page):
        gone = change(page)
        text, (left, right) = self.frames(editor, page, **{"from": 1, "to": 2})
        assert f"“{gone}” removed" in text
        one, two = editor.get(left), editor.get(right)
        assert f'id="{gone}"' in one.content.decode()
        assert f'id="{gone}"' not in two.content.decode()
        assert f"#{gone}" in self.css(one)
        assert f"#{gone}" not in self.css(two)

    def css(self, response):
        import base64

        text = response.content.decode()
        return base64.b64decode(text.split("data:text/css;base64,")[1].split('"')[0]).decode()

    def test_a_frame_runs_nothing_is_framed_by_the_console_alone_and_not_found(self, editor, page):
        change(page)
        _text, (left, _right) = self.frames(editor, page, **{"from": 1, "to": 2})
        frame = editor.get(left)
        assert "sandbox" in frame["Content-Security-Policy"]
        assert "default-src 'none'" in frame["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
        assert frame["X-Frame-Options"] == "SAMEORIGIN"
        assert frame["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in frame.content.decode()
        assert "<script" not in frame.content.decode()

    def test_each_kind_shows_the_home_page(self, editor, project):
        for model in KINDS:
            record = model.objects.earliest("id")
            field = "description" if model is Project else "title"
            model.objects.filter(pk=record.pk).update(**{field: "New"})
            record.refresh_from_db()
            _text, frames = self.frames(
                editor, record, **{"from": record.version - 1, "to": record.version}
            )
            assert len(frames) == 2
            for frame in frames:
                assert "data-hh-component" in editor.get(frame).content.decode(), model

    def test_a_style_is_shown_on_the_page(self, editor, project):
        guide = StyleGuide.objects.get()
        colors = {**guide.colors}
        colors["accent"] = {"$value": {"colorSpace": "srgb", "components": [1, 0, 0]}}
        StyleGuide.objects.update(colors=colors)
        _text, (left, right) = self.frames(editor, guide, **{"from": 1, "to": 2})
        assert self.css(editor.get(left)) != self.css(editor.get(right))

    def test_a_version_whose_page_breaks_the_rules_says_so(self, editor, page):
        Wireframe.objects.filter(pk=page.pk).update(
            layout={"content": [{"type": "Marquee", "props": {"id": "m"}}]}
        )
        _text, (left, right) = self.frames(editor, page, **{"from": 1, "to": 2})
        assert "data-hh-component" in editor.get(left).content.decode()
        assert "do not allow" in editor.get(right).content.decode()

    @pytest.mark.parametrize("query", [{}, {"from": "x"}, {"from": 9}, {"from": 1, "to": "²"}])
    def test_versions_that_are_not_there_are_not_found(self, editor, page, query):
        assert editor.get(url(page, "compare", **query)).status_code == 404


class TestGoingBack:
    def test_it_is_asked_and_done(self, editor, page):
        title = page.title
        change(page)
        address = url(page, "version_revert", 1)
        assert page.title in editor.get(address).content.decode()
        page.refresh_from_db()
        assert page.version == 2
        assert editor.post(address, {"post": "yes"}).status_code == 302
        page.refresh_from_db()
        assert (page.title, page.version) == (title, 3)
        newest = VersionHistory.objects.of(page).latest("version_number")
        assert (newest.message, newest.user) == ("Back to version 1", editor.person)

    def test_what_is_not_right_any_more_is_told(self, editor, page):
        Wireframe.objects.filter(pk=page.pk).update(layout={"content": [{"type": "Marquee"}]})
        Wireframe.objects.filter(pk=page.pk).update(layout={"content": []})
        answer = editor.post(url(page, "version_revert", 2), {"post": "yes"}, follow=True)
        assert "stayed as it was" in answer.content.decode()
        page.refresh_from_db()
        assert page.version == 3

    def test_a_deleted_document_is_restored_from_the_projects_versions(self, editor, project):
        page = Wireframe.objects.latest("id")
        documents.remove(document=Wireframe.objects.get(pk=page.pk))
        (last,) = versioning.deletions(project=project)
        address = url(project, "version_restore", last.pk)
        assert address in editor.get(url(project)).content.decode()
        assert page.title in editor.get(address).content.decode()
        editor.post(address, {"post": "yes"})
        assert Wireframe.objects.get(pk=page.pk).title == page.title
        assert address not in editor.get(url(project)).content.decode()
        again = editor.post(address, {"post": "yes"}, follow=True)
        assert "stayed as it was" in again.content.decode()

    def test_deleting_in_the_console_names_who(self, workspace, page):
        admin = signed_in(workspace, "admin")
        admin.post(reverse("admin:builder_wireframe_delete", args=[page.pk]), {"post": "yes"})
        last = VersionHistory.objects.of(page).latest("version_number")
        assert (last.is_deletion, last.user) == (True, admin.person)


class TestWho:
    def test_a_viewer_looks_and_goes_nowhere_back(self, workspace, page):
        change(page)
        viewer = signed_in(workspace, "viewer")
        text = viewer.get(url(page)).content.decode()
        assert url(page, "version_revert", 1) not in text
        assert viewer.get(url(page, "compare", **{"from": 1})).status_code == 200
        assert viewer.post(url(page, "version_revert", 1), {"post": "yes"}).status_code == 403
        page.refresh_from_db()
        assert page.version == 2

    def test_a_strangers_record_is_not_found(self, editor, workspace):
        page = Wireframe.objects.filter(sitemap__project=ProjectFactory()).earliest("id")
        elsewhere = [url(page), url(page, "compare", **{"from": 1}),
                     url(page, "version_page", 1, page="home"),
                     url(page, "version_revert", 1)]  # fmt: skip
        assert [editor.get(address).status_code for address in elsewhere] == [404] * 4

    def test_another_projects_document_is_not_restored(self, editor, project):
        other = ProjectFactory(workspace=project.workspace)
        documents.remove(document=Wireframe.objects.filter(sitemap__project=other).latest("id"))
        (last,) = versioning.deletions(project=other)
        assert editor.get(url(project, "version_restore", last.pk)).status_code == 404
