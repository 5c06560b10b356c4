"""Published forms: they post without JavaScript, and a browser is always answered with a page."""

import asyncio
import uuid

import pytest

from builder import components, publishing
from journeys.models import Contact, Event, IngestCount
from journeys.workflows.models import WorkflowExecution
from tests.builder.factories import ProjectFactory
from tests.journeys.doorway import post, through

COMPONENT = "Contact-1"


def layout(**more):
    fields = [
        {"name": "name", "label": "Your name", "required": True},
        {"name": "email", "label": "E-mail", "kind": "email", "required": True},
        {"name": "mobile", "label": "Mobile", "kind": "tel"},
        {"name": "branch", "label": "Branch", "kind": "select", "options": ["Riyadh", "Jeddah"]},
        {"name": "message", "label": "Message", "kind": "textarea"},
    ]
    props = {"id": COMPONENT, "title": "Write to us", "fields": fields, **more}
    return {
        "root": {"props": {}},
        "content": [{"type": "ContactForm", "props": props}],
        "zones": {},
    }


@pytest.fixture
def site(edge_database, workspace_at_door, user):
    """A published project whose home page has the form."""
    project = ProjectFactory(workspace=workspace_at_door, owner=user, name="Dar Al Qahwa")
    home = project.current_sitemap.wireframes.get(page_key="home")
    home.layout = layout()
    home.save()
    components.register(wireframe=home)
    publishing.publish(project=project, user=user)
    return project


@pytest.fixture
def label(site):
    return site.addresses.get().label


FILLED = {"name": "Layan", "email": "Layan@Example.com", "_path": "/", "mobile": "+966500000000"}


def submit(label, fields, *, component=COMPONENT, headers=None, **options):
    host = {"Host": f"{label}.localhost:8000", **(headers or {})}
    return post(f"/_hh/forms/{component}", data=fields, headers=host, **options)


def test_a_form_makes_an_event_a_contact_and_sends_the_browser_back(site, label):
    extra = {"branch": "Jeddah", "message": "Hello\r\nyou", "unknown": "x"}
    answer = submit(label, {**FILLED, **extra}, headers={"Referer": "http://x/", "User-Agent": "M"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/#{COMPONENT}-sent"
    event = Event.objects.get()
    assert (event.type, event.event_name, event.project) == ("track", "form_submitted", site)
    assert event.properties["fields"] == {
        "name": "Layan",
        "email": "Layan@Example.com",
        "mobile": "+966500000000",
        "branch": "Jeddah",
        "message": "Hello\r\nyou",
    }
    assert event.properties["component_id"] == COMPONENT
    assert event.properties["component_type"] == "ContactForm"
    assert (event.properties["page_key"], event.properties["path"]) == ("home", "/")
    contact = Contact.objects.get()
    assert event.contact == contact
    assert contact.email == "layan@example.com"
    assert contact.traits == {"name": "Layan", "phone": "+966500000000"}
    assert [identity.kind for identity in contact.identities.all()] == ["email"]
    assert IngestCount.objects.get().key is None


def test_the_path_form_goes_back_below_its_path(site, label):
    answer = post(f"/s/{label}/_hh/forms/{COMPONENT}", data={**FILLED, "_path": "/about"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/s/{label}/about#{COMPONENT}-sent"


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil", "", "about", "/a\r\nX: y", "/?q"]
)
def test_a_form_sends_nobody_elsewhere(site, label, path):
    answer = submit(label, {**FILLED, "_path": path})
    assert answer.headers["Location"] == f"/#{COMPONENT}-sent"


def test_what_the_tracker_adds_ties_the_form_to_the_visit(site, label):
    session = str(uuid.uuid4())
    submit(label, {**FILLED, "_anonymous_id": "visitor-1", "_session_id": session})
    event = Event.objects.get()
    assert (event.anonymous_id, str(event.session_id)) == ("visitor-1", session)
    kinds = {identity.kind for identity in event.contact.identities.all()}
    assert kinds == {"email", "anonymous_id"}


def test_a_form_sent_again_with_its_id_counts_once(site, label):
    for _ in range(2):
        assert submit(label, {**FILLED, "_message_id": "m1"}).status_code == 303
    assert Event.objects.count() == 1
    submit(label, FILLED)
    submit(label, FILLED)
    assert Event.objects.count() == 3


def test_a_form_without_names_makes_a_contact_of_its_own(site, label):
    home = site.current_sitemap.wireframes.get(page_key="home")
    home.layout = layout(fields=[{"name": "message", "label": "Message", "kind": "textarea"}])
    home.save()
    publishing.publish(project=site, user=None)
    for _ in range(2):
        submit(label, {"message": "Hello"})
    assert Contact.objects.count() == 2


def test_a_filled_trap_is_answered_like_a_form_and_only_counted(site, label):
    answer = submit(label, {**FILLED, "_website": "http://spam.example"})
    assert answer.status_code == 303
    assert not Event.objects.exists()
    counted = IngestCount.objects.get()
    assert (counted.outcome, counted.reason) == ("dropped", "honeypot")


def test_what_is_wrong_is_said_on_a_page_with_a_way_back(site, label):
    fields = {"name": " ", "email": "nothing", "branch": "Mars", "message": "x" * 5001}
    answer = submit(label, {**fields, "_path": "/"})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = answer.text
    for text in ("Your name", "Please fill this in.", "This is not an e-mail address.",
                 "Please choose one of the options.", "At most 5000 characters.",
                 f'href="/#{COMPONENT}"', "Dar Al Qahwa"):  # fmt: skip
        assert text in page
    assert not Event.objects.exists()
    assert IngestCount.objects.get().reason == "invalid_form"


def test_the_page_is_in_the_sites_language(site, label):
    site.language = "ar"
    site.save()
    page = submit(label, {"name": ""}).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "يرجى تعبئة هذا الحقل." in page
    assert "fill" not in page


def test_labels_are_escaped(site, label):
    home = site.current_sitemap.wireframes.get(page_key="home")
    home.layout = layout(
        fields=[{"name": "a", "label": "<script>alert(1)</script>", "required": True}]
    )
    home.save()
    publishing.publish(project=site, user=None)
    page = submit(label, {"a": ""}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_site_that_was_taken_down_is_410(site, label):
    publishing.unpublish(project=site)
    answer = submit(label, FILLED)
    assert answer.status_code == 410
    assert "This site is closed" in answer.text
    assert not Event.objects.exists()


def test_a_site_that_never_was_live_is_404(edge_database, workspace_at_door, user):
    project = ProjectFactory(workspace=workspace_at_door, owner=user)
    assert submit(project.addresses.get().label, FILLED).status_code == 404


def test_unknown_sites_and_forms_are_404(site, label):
    assert submit("nowhere", FILLED).status_code == 404
    assert submit(label, FILLED, component="Other-1").status_code == 404
    assert post("/_hh/forms/Contact-1", data=FILLED).status_code == 404
    arabic = post("/_hh/forms/Contact-1", data=FILLED, headers={"Accept-Language": "ar-SA,en"})
    assert 'dir="rtl"' in arabic.text


def test_the_published_form_counts_not_the_draft(site, label):
    home = site.current_sitemap.wireframes.get(page_key="home")
    home.layout = {"root": {"props": {}}, "content": [], "zones": {}}
    home.save()
    assert submit(label, FILLED).status_code == 303


def test_other_methods_and_formats_are_refused(site, label):
    host = {"Host": f"{label}.localhost"}

    async def conversation(client):
        path = f"/_hh/forms/{COMPONENT}"
        return await asyncio.gather(
            client.get(path, headers=host),
            client.post(path, json=FILLED, headers=host),
            client.post(path, data={"a": "x" * 300_000}, headers=host),
            client.post(path, data={f"f{n}": "x" for n in range(200)}, headers=host),
        )

    answers = through(conversation)
    assert [answer.status_code for answer in answers] == [405, 415, 413, 400]
    assert all(answer.headers["Content-Type"].startswith("text/html") for answer in answers)


def test_one_address_can_send_only_so_many(site, label, settings, one_minute):
    settings.FORMS_PER_MINUTE = 1
    submit(label, FILLED)
    answer = submit(label, FILLED)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "One moment" in answer.text


def test_without_the_database_it_is_a_page_and_503(site, label, settings):
    settings.WEB_DATABASE_URL = "postgres://halfhour_web@127.0.0.1:1/nothing"
    answer = submit(label, FILLED, reachable=False)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Your message was not sent" in answer.text


def test_bytes_that_are_no_text_do_no_harm(site, label):
    headers = {"Host": f"{label}.localhost", "Content-Type": "application/x-www-form-urlencoded"}
    body = b"name=%00%ff%fe&email=a%40example.com&message=\xff\x00"
    assert post(f"/_hh/forms/{COMPONENT}", content=body, headers=headers).status_code == 303
    assert Event.objects.get().properties["fields"]["name"] == "\ufffd\ufffd"


def test_a_connected_form_starts_its_workflow_once(site, label):
    from journeys.workflows import connections, recipes

    workflow = recipes.lead_capture(project=site, name="Leads")
    connections.connect(project=site, component_id=COMPONENT, workflow=workflow)
    for _ in range(2):
        submit(label, {**FILLED, "_message_id": "m1"})
    execution = WorkflowExecution.objects.get()
    assert execution.contact == Contact.objects.get()
    assert execution.form["name"] == "Layan"
