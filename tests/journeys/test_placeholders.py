import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from journeys.workflows.placeholders import Text, fill

VALUES = {"contact": {"name": "Sara"}, "form": {"message": "Hi", "full-name": "S"}, "site": {}}
TEXT = TypeAdapter(Text)


def test_names_are_filled_in():
    assert fill("{{ contact.name }} wrote {{form.message}}.", VALUES) == "Sara wrote Hi."


def test_a_name_without_a_value_is_empty():
    assert fill("Hello {{ form.absent }}!", VALUES) == "Hello !"


def test_what_a_visitor_wrote_is_not_read_again():
    values = {"form": {"message": "{{ contact.name }}"}, "contact": {"name": "secret"}}
    assert fill("{{ form.message }}", values) == "{{ contact.name }}"


@pytest.mark.parametrize(
    "text",
    [
        "{{ contact.password }}",
        "{{ contact.email.upper }}",
        "{{ request.user }}",
        "{{ settings.SECRET_KEY }}",
        "{{ contact }}",
        "{{ form.message|safe }}",
        "{{ form.__class__.x }}",
        "{{ }}",
        "{{ form.message",
    ],
)
def test_anything_but_a_known_name_is_refused(text):
    with pytest.raises(ValidationError, match=r"placeholder"):
        TEXT.validate_python(text)


@pytest.mark.parametrize("text", ["plain", "{{ form.anything_at-all }}", "{% if x %} } {"])
def test_known_names_and_plain_texts_pass(text):
    assert TEXT.validate_python(text) == text


@given(st.text())
def test_no_text_breaks_it(text):
    filled = fill(text, VALUES)
    if "{{" not in text:
        assert filled == text
