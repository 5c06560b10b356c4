"""A template's author is told what is wrong, and where in the file."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from builder import template_check
from builder.template_library import library, load
from builder.template_library.library import LIBRARY, TemplateError, read


@pytest.fixture
def written():
    """A template's file as an object, to be spoiled."""
    return json.loads((LIBRARY / "marram" / "template.json").read_text(encoding="utf-8"))


@pytest.fixture
def found(tmp_path):
    """The faults of an object, as (pointer, code)."""

    def faults(document):
        path = tmp_path / "marram" / "template.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document), encoding="utf-8")
        try:
            template = read(path)
        except TemplateError as error:
            return [(fault.pointer, fault.code) for fault in error.faults]
        return [(fault.pointer, fault.code) for fault in template_check.faults(template)]

    return faults


def test_what_is_right_has_no_fault(written, found):
    assert found(written) == []


def test_a_text_in_one_language_is_refused(written, found):
    hero = written["pages"][0]["content"][1]["props"]
    del hero["title"]["ar"]
    assert found(written) == [("/pages/0/content/1/props/title/ar", "missing_translation")]
    hero["title"] = "Houses"
    assert found(written) == [("/pages/0/content/1/props/title", "missing_translation")]


def test_a_text_within_a_list_is_looked_at_as_well(written, found):
    form = written["pages"][2]["content"][1]["props"]
    form["fields"][0]["label"] = "Name"
    form["facts"][0]["text"] = "The Old Net Loft"
    assert set(found(written)) == {
        ("/pages/2/content/1/props/fields/0/label", "missing_translation"),
        ("/pages/2/content/1/props/facts/0/text", "missing_translation"),
    }


def test_what_has_no_words_may_be_given_once(written, found):
    hero = written["pages"][1]["content"][1]["props"]
    for value in ("41", "12 %", "post@marram.example", "www.marram.example", "+44 1632 960 418"):
        hero["details"][0]["value"] = value
        assert found(written) == []


def test_a_list_by_language_has_as_many_in_each(written, found):
    form = written["pages"][2]["content"][1]["props"]
    form["fields"][4]["options"] = {"en": ["Yes", "No"], "ar": ["نعم"]}
    assert found(written) == [("/pages/2/content/1/props/fields/4/options", "unequal_translation")]
    form["fields"][4]["options"] = {"en": ["Yes", "No"], "ar": ["نعم", "لا"]}
    assert found(written) == []


def test_the_names_of_pages_are_by_language(written, found):
    written["pages"][1]["title"] = "Practice"
    assert found(written) == [("/pages/1/title", "dict_type")]


def test_a_text_that_is_too_long_in_the_other_language_is_pointed_at(written, found):
    written["pages"][0]["content"][1]["props"]["title"]["ar"] = "ب" * 200
    ((pointer, code),) = found(written)
    assert (code, pointer.startswith("/pages/0/root/props/translations/ar/hero")) == (
        "string_too_long",
        True,
    )


def test_what_the_site_is_about_is_a_known_type(written, found):
    written["schema_type"] = "Spaceship"
    assert found(written) == [("/schema_type", "unknown_type")]


def test_colours_stand_out(written, found):
    written["tokens"]["color"]["muted"] = "#b0b4a6"
    assert ("/tokens/color/muted", "low_contrast") in found(written)


def test_both_scripts_have_a_family_of_the_library(written, found):
    written["tokens"]["typography"]["family"]["body"] = ["Hanken Grotesk", "sans-serif"]
    assert found(written) == [("/tokens/typography/family", "unknown_font")]


def test_a_page_too_few_and_a_way_to_nowhere(written, found):
    written["pages"].pop()
    codes = {code for _pointer, code in found(written)}
    assert {"too_few_pages", "unknown_page"} <= codes


def test_a_drawing_that_is_shown_nowhere(written, found):
    hero = written["pages"][0]["content"][1]["props"]
    hero["picture"]["art"] = "marram/plan"
    assert found(written) == [("/art/elevation.svg", "unused_art")]


@pytest.mark.parametrize(
    ("svg", "word"),
    [
        ('<svg viewBox="0 0 1 1"><script/></svg>', "script"),
        ('<svg viewBox="0 0 1 1"><path id="a" d="M0 0"/></svg>', "id="),
        ('<svg viewBox="0 0 1 1"><path fill="#f00" d="M0 0"/></svg>', "#f00"),
        ('<svg viewBox="0 0 1 1" width="3"><path d="M0 0"/></svg>', "viewBox"),
        ('<svg viewBox="0 0 1 1"><path d="M0 0"></svg>', "XML"),
        ('<?xml version="1.0"?><svg viewBox="0 0 1 1"/>', "begins"),
        (f'<svg viewBox="0 0 1 1"><path d="{"M0 0" * 16_000}"/></svg>', "bytes"),
    ],
)
def test_a_drawing_is_plain_svg_in_the_sites_colours(svg, word):
    (detail,) = template_check._drawing_faults(svg)
    assert word in detail


def test_a_template_may_not_be_like_another(written, tmp_path):
    path = tmp_path / "twin" / "template.json"
    path.parent.mkdir()
    path.write_text(json.dumps(written), encoding="utf-8")
    faults = template_check.faults_among(read(path), load())
    assert {fault.code for fault in faults} == {"same_order", "same_accent"}


def test_an_unfinished_template_is_checked_and_not_offered(monkeypatch, capsys, tmp_path):
    home = tmp_path / "library"
    shutil.copytree(LIBRARY / "marram", home / "marram")
    (home / "marram" / "template.json").rename(home / "marram" / "draft.json")
    monkeypatch.setattr("builder.management.commands.check_template.LIBRARY", home)
    monkeypatch.setattr(library, "LIBRARY", home)
    assert library.load.__wrapped__() == ()
    # It is like itself as it is in the library, but for its name: nothing else is found.
    call_command("check_template", "marram")
    assert "no fault" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"no none/template.json"):
        call_command("check_template", "none")
