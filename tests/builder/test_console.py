import json
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from builder import publishing
from builder.models import (
    ComponentIntelligence,
    Project,
    QualityMeasurement,
    Release,
    StyleGuide,
    Wireframe,
)
from tests.builder.factories import ProjectFactory, built_in
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(workspace):
    return MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))


@pytest.fixture
def console(client, staff):
    client.force_login(staff.user)
    return client


@pytest.fixture
def live(project):
    publishing.publish(project=project, user=project.owner)
    return project


def page_of(record, action="change"):
    return reverse(f"admin:builder_{record._meta.model_name}_{action}", args=[record.pk])


def fields_of(response):
    """What a browser would send back from a form as it is shown."""
    form = response.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for formset in response.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        data |= {
            management.add_prefix(name): management[name].value() for name in management.fields
        }
        for each in formset.formset.initial_forms:
            data |= {each.add_prefix(name): each[name].value() for name in each.fields}
    return {name: value for name, value in data.items() if value is not None and value is not False}


MODELS = [model for model in apps.get_app_config("builder").get_models()
          if admin.site.is_registered(model)]  # fmt: skip


def test_every_record_that_stands_alone_has_its_page():
    named = {model.__name__ for model in MODELS}
    shown_inside = {"ProjectCollaborator", "CommentMention"}
    every = {
        model.__name__
        for model in apps.get_app_config("builder").get_models()
        if not hasattr(model, "pgh_tracked_model")  # history is on its record's page
    }
    assert named == every - shown_inside


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("superuser", [False, True])
def test_every_list_search_and_record_opens(client, staff, live, model, superuser):
    user = UserFactory(is_staff=True, is_superuser=True) if superuser else staff.user
    client.force_login(user)
    listing = reverse(f"admin:builder_{model._meta.model_name}_changelist")
    assert client.get(listing).status_code == 200
    assert client.get(listing, {"q": "dune"}).status_code == 200
    record = model.objects.first()
    if record is not None:
        assert client.get(page_of(record)).status_code == 200


def test_another_workspaces_project_is_not_found(console):
    theirs = ProjectFactory()
    assert console.get(page_of(theirs)).status_code == 302
    listing = console.get(reverse("admin:builder_project_changelist"))
    assert theirs.name not in listing.content.decode()


def test_a_project_is_made_from_a_template(console, staff):
    answer = console.post(
        reverse("admin:builder_project_add"),
        {"template": built_in("suhail").pk, "name": "From the console"},
    )
    assert answer.status_code == 302
    project = Project.objects.get()
    assert (project.name, project.owner, project.workspace, project.language) == (
        "From the console",
        staff.user,
        staff.workspace,
        "ar",
    )
    assert project.current_sitemap.wireframes.count() == 3
    form = console.post(reverse("admin:builder_project_add"), {"name": "x"})
    assert "template" in form.context["adminform"].form.errors


def test_publishing_asks_first(console, project):
    url = reverse("admin:builder_project_publish", args=[project.pk])
    question = console.get(url)
    assert "Publish this project?" in question.content.decode()
    project.refresh_from_db()
    assert not project.is_live
    answer = console.post(url, {"_form_submitted": "on"})
    assert answer.headers["Location"] == page_of(project)
    project.refresh_from_db()
    assert project.is_live
    assert project.live_release.created_by is not None
    shown = console.get(page_of(project)).content.decode()
    assert re.search(r'href="http://dune-house\.[^"]+"', shown)


def test_a_dialog_leads_on_by_a_header(console, project):
    url = reverse("admin:builder_project_publish", args=[project.pk])
    answer = console.post(url, {"_form_submitted": "on"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == page_of(project)


def test_faults_are_shown_with_their_places(console, project):
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    wireframe.layout["content"][2]["type"] = "<b>Carousel"
    wireframe.save()
    for name in ("publish", "preview"):
        url = reverse(f"admin:builder_project_{name}", args=[project.pk])
        shown = console.post(url, {"_form_submitted": "on"}, follow=True).content.decode()
        assert "/wireframes/home/content/2/type" in shown
    assert not Release.objects.exists()


def test_taking_down_and_going_back(console, live):
    first = live.live_release
    console.post(
        reverse("admin:builder_project_unpublish", args=[live.pk]), {"_form_submitted": "on"}
    )
    live.refresh_from_db()
    assert not live.is_live
    url = reverse("admin:builder_project_rollback", args=[live.pk])
    assert f'value="{first.pk}"' in console.get(url).content.decode()
    console.post(url, {"_form_submitted": "on", "release": str(first.pk)})
    live.refresh_from_db()
    assert live.live_release == first


def test_a_release_is_made_live_on_its_own_page(console, live):
    first = live.live_release
    publishing.unpublish(project=live)
    url = reverse("admin:builder_release_make_live", args=[first.pk])
    assert "byte for byte" in console.get(url).content.decode()
    console.post(url, {"_form_submitted": "on"})
    live.refresh_from_db()
    assert live.live_release == first


def test_a_preview_is_offered_as_a_link(console, project):
    url = reverse("admin:builder_project_preview", args=[project.pk])
    shown = console.post(url, {"_form_submitted": "on"}, follow=True).content.decode()
    assert "/_hh/preview/" in shown


@pytest.mark.parametrize("action", ["publish", "unpublish", "rollback", "preview"])
def test_who_only_reads_publishes_nothing(client, workspace, project, action):
    viewer = MembershipFactory(workspace=workspace, role="viewer", user=UserFactory(is_staff=True))
    client.force_login(viewer.user)
    url = reverse(f"admin:builder_project_{action}", args=[project.pk])
    assert client.post(url, {"_form_submitted": "on"}).status_code == 403


def test_another_workspaces_project_is_not_published(console):
    theirs = ProjectFactory()
    console.raise_request_exception = False
    url = reverse("admin:builder_project_publish", args=[theirs.pk])
    assert console.post(url, {"_form_submitted": "on"}).status_code == 404
    assert not Release.objects.exists()


def test_an_edited_layout_is_checked_and_its_components_known(console, project):
    contact = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="contact")
    data = fields_of(console.get(page_of(contact)))
    layout = json.loads(data["layout"])
    layout["content"][1]["props"]["id"] = "write-to-us"
    saved = console.post(page_of(contact), {**data, "layout": json.dumps(layout)})
    assert saved.status_code == 302, saved.context["errors"]
    assert ComponentIntelligence.objects.present().filter(component_id="write-to-us").exists()
    layout["content"][1]["type"] = "Carousel"
    refused = console.post(page_of(contact), {**data, "layout": json.dumps(layout)})
    assert "/layout/content/1/type" in str(refused.context["adminform"].form.errors["layout"])
    # A form that was not filled in again shows what was typed.
    assert "Carousel" in refused.content.decode()
    assert console.post(page_of(contact), {**data, "layout": "{"}).status_code == 200


def test_an_edited_style_and_sitemap_are_checked(console, project):
    guide = StyleGuide.objects.get(wireframe__sitemap=project.current_sitemap)
    data = fields_of(console.get(page_of(guide)))
    assert console.post(page_of(guide), data).status_code == 302
    refused = console.post(page_of(guide), {**data, "colors": '{"accent": {"$value": 1}}'})
    assert "/colors/accent" in str(refused.context["adminform"].form.errors["colors"])
    sitemap = project.current_sitemap
    data = fields_of(console.get(page_of(sitemap)))
    assert console.post(page_of(sitemap), data).status_code == 302
    refused = console.post(page_of(sitemap), {**data, "pages": '{"home": {"path": "/"}}'})
    assert "/pages/home/title" in str(refused.context["adminform"].form.errors["pages"])


def test_a_project_is_edited_and_its_status_is_not_a_field(console, live):
    data = fields_of(console.get(page_of(live)))
    saved = console.post(page_of(live), {**data, "name": "Renamed", "status": "archived"})
    assert saved.status_code == 302, saved.context["errors"]
    live.refresh_from_db()
    assert (live.name, live.is_live) == ("Renamed", True)


def move(console, record, status):
    name = record._meta.model_name
    url = reverse(f"admin:builder_{name}_become", args=[record.pk, status])
    asked = console.get(url)
    answer = console.post(url, {"post": "yes"})
    record.refresh_from_db()
    return asked, answer


def test_a_project_is_archived_and_restored_after_being_asked(console, live):
    asked, _answer = move(console, live, "archived")
    assert "The site is closed until the project is restored" in asked.content.decode()
    assert (live.status, live.is_live) == ("archived", False)
    move(console, live, "draft")
    assert live.status == "archived"
    move(console, live, "active")
    assert (live.status, live.is_live) == ("active", True)


def test_a_projects_page_shows_its_sitemaps_and_latest_releases(console, live):
    shown = console.get(page_of(live)).context["inline_admin_formsets"]
    rows = {each.opts.model.__name__: len(each.formset.forms) for each in shown}
    assert (rows["Sitemap"], rows["Release"], rows["SiteAddress"]) == (1, 1, 1)


def test_a_project_is_deleted_with_all_that_came_of_it(console, live):
    url = page_of(live, "delete")
    assert console.get(url).status_code == 200
    assert console.post(url, {"post": "yes"}).status_code == 302
    assert not Project.objects.standing().exists()
    url = reverse("admin:builder_binnedproject_delete", args=[live.pk])
    assert console.post(url, {"post": "yes"}).status_code == 302
    assert not Project.objects.exists()


def test_a_page_is_deleted_with_what_was_measured_of_it(console, live):
    component = ComponentIntelligence.objects.get(component_type="contact_form")
    measured = QualityMeasurement.objects.create(
        workspace=live.workspace, project=live, component_intelligence=component, engine="axe"
    )
    answer = console.post(page_of(component.wireframe, "delete"), {"post": "yes"})
    assert answer.status_code == 302
    assert not QualityMeasurement.objects.filter(pk=measured.pk).exists()


def test_a_list_is_exported(console, live):
    answer = console.post(
        reverse("admin:builder_release_changelist"),
        {"action": "export_as_csv", "_selected_action": [str(live.live_release_id)]},
    )
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("id,")
    assert len(lines) == 2
