"""Sections that ask something: what their markup has is what the door is told."""

import pytest
from django.utils import translation

from builder.sections import form_fields, form_reward, registry, validate_layout
from tests.builder.pages import Outline, a_site, html_of, layout_of

ASKING = {
    "Booking", "ChatWidget", "ContactForm", "Donation", "DownloadGate", "NewsletterSignup",
    "PopupModal", "Waitlist",
}  # fmt: skip
EVERY_VARIANT = [
    (kind, variant) for kind in sorted(ASKING) for variant in registry()[kind].variants
]


def component(kind, *, language="en", **props):
    example = registry()[kind].example(language=language)
    return layout_of((kind, "form", {**example, **props}))["content"][0]


def asked(html):
    """The names of a page's fields, and which of them must be filled in."""
    outline = Outline(html)
    controls = [*outline.all("input"), *outline.all("textarea"), *outline.all("select")]
    named = [item for item in controls if "name" in item and not item["name"].startswith("_")]
    return {item["name"] for item in named}, {item["name"] for item in named if "required" in item}


def test_the_sections_that_ask_are_those():
    found = {kind for kind in registry() if form_fields(component(kind))}
    assert found == ASKING


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("kind", "variant"), EVERY_VARIANT)
def test_what_the_markup_asks_is_what_the_door_checks(kind, variant, language):
    one = component(kind, language=language, variant=variant)
    props = {key: value for key, value in one["props"].items() if key != "id"}
    html = html_of((kind, "form", props), site=a_site(language=language))
    fields = form_fields(one)
    names, required = asked(html)
    assert names == {field.name for field in fields}
    assert required == {field.name for field in fields if field.required}
    assert 'name="_website"' in html
    assert 'name="_path"' in html
    assert 'action="./_hh/forms/form"' in html
    assert 'id="form-sent"' in html


@pytest.mark.parametrize("kind", sorted(ASKING))
def test_every_control_has_a_label_and_every_choice_a_legend(kind):
    props = registry()[kind].example(language="en")
    outline = Outline(html_of((kind, "form", props)))
    labelled = {attrs.get("for") for attrs in outline.all("label")}
    controls = [*outline.all("input"), *outline.all("textarea"), *outline.all("select")]
    for control in controls:
        if control.get("type") not in {"hidden", "radio"}:
            assert control["id"] in labelled
    radios = {item["name"] for item in controls if item.get("type") == "radio"}
    assert len(outline.all("legend")) >= len(radios)


def test_labels_are_in_the_language_of_the_page():
    with translation.override("ar"):
        labels = {field.name: field.label for field in form_fields(component("Booking"))}
    assert labels["name"] == "اسمك"
    assert form_fields(component("Booking"))[1].label == "Date"


def test_a_hero_asks_only_where_it_has_a_form():
    assert form_fields(component("Hero")) == ()
    assert [field.name for field in form_fields(component("Hero", variant="form"))] == ["email"]


def test_a_booking_asks_how_many_where_there_is_a_most():
    people = next(each for each in form_fields(component("Booking", people=8)) if each.most)
    assert (people.name, people.kind, people.least, people.most) == ("people", "number", 1, 8)
    assert 'min="1" max="8"' in html_of(("Booking", "b", component("Booking", people=8)["props"]))


def test_a_pledge_is_one_of_the_sums_or_another():
    amount, other, *_rest = form_fields(component("Donation"))
    assert (amount.kind, amount.options) == ("radio", ("50", "150", "500", "2000", "other"))
    assert (other.kind, other.least, other.required) == ("number", 1, False)
    without = form_fields(component("Donation", asks_other=False))
    assert without[0].options == ("50", "150", "500", "2000")
    assert "other_amount" not in {field.name for field in without}


def test_the_address_of_a_file_is_in_no_page():
    one = component("DownloadGate")
    props = {key: value for key, value in one["props"].items() if key != "id"}
    assert props["file"].startswith("https://")
    html = html_of(("DownloadGate", "gate", props))
    assert "files.example.com" not in html
    reward = form_reward(one)
    assert (reward.href, reward.label) == (props["file"], props["file_label"])
    assert reward.title == "Thank you. Here is your file."


def test_a_file_by_mail_is_given_by_the_workflow_alone():
    by_mail = component("DownloadGate", delivery="mail", file="")
    assert validate_layout({"content": [by_mail]}) == []
    assert form_reward(by_mail) is None
    for props, code in (
        ({"delivery": "mail"}, "file_by_mail"),
        ({"file": ""}, "missing_file"),
        ({"file": "javascript:alert(1)"}, "string_pattern_mismatch"),
        ({"file": "http://files.example.com/a.pdf"}, "string_pattern_mismatch"),
        ({"file": "//evil.example/a.pdf"}, "string_pattern_mismatch"),
    ):
        faults = validate_layout({"content": [component("DownloadGate", **props)]})
        assert [fault.code for fault in faults] == [code]


def test_a_chat_leads_to_whatsapp_and_the_telephone():
    html = html_of(("ChatWidget", "chat", registry()["ChatWidget"].example(language="en")))
    links = {attrs["href"] for attrs in Outline(html).all("a")}
    assert "tel:+966115550136" in links
    assert any(each.startswith("https://wa.me/966550123456?text=Hello%2C") for each in links)
    assert len(Outline(html).all("details")) == 1
