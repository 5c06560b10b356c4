"""Dates, times, numbers and choices at the forms' door, and the file that a form gives."""

import pytest

from builder import components, publishing
from builder.sections import registry
from journeys.ingest.forms.sites import Form
from journeys.ingest.forms.submission import problems
from journeys.models import Event
from tests.builder.factories import ProjectFactory
from tests.journeys.doorway import post

SECTIONS = ("Booking", "Donation", "DownloadGate", "ChatWidget", "Waitlist")
BOOKED = {
    "service": "Whitening", "date": "2027-02-28", "time": "After Asr", "name": "Layan",
    "phone": "+966500000000",
}  # fmt: skip
PLEDGED = {"amount": "other", "other_amount": "75.5", "often": "Once", "name": "Saad", "phone": "1"}


@pytest.fixture
def label(edge_database, workspace_at_door, user):
    """A published site whose home page has the sections, one of them hidden."""
    project = ProjectFactory(workspace=workspace_at_door, owner=user, name="Dar Al Qahwa")
    home = project.current_sitemap.wireframes.get(page_key="home")
    content = [
        {"type": kind, "props": {"id": kind, **registry()[kind].example(language="en")}}
        for kind in SECTIONS
    ]
    content.append({"type": "Waitlist", "props": {**content[-1]["props"], "id": "Gone"}})
    content[-1]["props"]["hidden"] = True
    home.layout = {"root": {"props": {}}, "content": content, "zones": {}}
    home.save()
    components.register(wireframe=home)
    publishing.publish(project=project, user=user)
    return project.addresses.get().label


def submit(label, kind, fields):
    return post(f"/s/{label}/_hh/forms/{kind}", data={"_path": "/", **fields})


def form_of(*fields):
    return Form.of(
        {
            "component_id": "c", "type": "ContactForm", "page_key": "home", "path": "/",
            "fields": [{"label": "l", "options": [], "required": False, **f} for f in fields],
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ({"kind": "date"}, ["2027-02-28", "2028-02-29"],
         ["2027-02-29", "28/02/2027", "20270228", "2027-2-8", "٢٠٢٧-٠٢-٢٨", "<script>"]),
        ({"kind": "time"}, ["00:00", "23:59", "09:30:15"], ["24:00", "9:30", "noon", "12:60"]),
        ({"kind": "number"}, ["1", "-2", "3.5", "1e3", ".5"], ["one", "1,5", "nan", "inf", "٣"]),
        ({"kind": "number", "least": 1, "most": 8}, ["1", "8", "2.5"], ["0", "8.1", "-1", "1e9"]),
        ({"kind": "number", "least": 1}, ["1", "1e9"], ["0.99"]),
        ({"kind": "radio", "options": ["Asr", "Isha"]}, ["Asr"], ["asr", "Fajr", "Asr,Isha"]),
    ],
)  # fmt: skip
def test_a_value_is_of_its_kind(field, right, wrong):
    form = form_of({"name": "value", **field})
    assert [value for value in right if problems(form, {"value": value})] == []
    assert [value for value in wrong if not problems(form, {"value": value})] == []


@pytest.mark.django_db
def test_a_booking_and_a_pledge_are_taken_in(label):
    assert submit(label, "Booking", BOOKED).status_code == 303
    assert submit(label, "Donation", PLEDGED).status_code == 303
    booked, pledged = Event.objects.order_by("received_at", "id")
    assert booked.properties["fields"] == BOOKED
    assert booked.properties["component_type"] == "Booking"
    assert pledged.properties["fields"] == PLEDGED


@pytest.mark.django_db
def test_what_is_wrong_is_named_in_the_page_s_language(label):
    answer = submit(label, "Booking", {**BOOKED, "date": "soon", "time": "Midnight"})
    assert answer.status_code == 422
    text = answer.text
    assert "Please give a date." in text
    assert "Please choose one of the options." in text
    answer = submit(label, "Donation", {**PLEDGED, "other_amount": "0"})
    assert "Please give a number from 1 to 1000000." in answer.text
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_who_gives_an_address_gets_the_file_and_a_program_does_not(label):
    answer = submit(label, "DownloadGate", {"email": "layan@example.com"})
    assert answer.status_code == 200
    assert 'href="https://files.example.com/kitchen-costs-2026.pdf"' in answer.text
    assert "Thank you. Here is your file." in answer.text
    assert Event.objects.get().properties["fields"] == {"email": "layan@example.com"}
    trapped = submit(label, "DownloadGate", {"email": "a@example.com", "_website": "x"})
    assert (trapped.status_code, "files.example" in trapped.text) == (303, False)
    wrong = submit(label, "DownloadGate", {"email": "nobody"})
    assert (wrong.status_code, "files.example" in wrong.text) == (422, False)


@pytest.mark.django_db
def test_a_hidden_form_takes_nothing_in(label):
    assert submit(label, "Waitlist", {"email": "a@example.com"}).status_code == 303
    assert submit(label, "Gone", {"email": "a@example.com"}).status_code == 404
