"""Sites are set in fonts of their own, and load nothing else for it."""

import re
from pathlib import Path

import pytest

from builder import drafts, fonts, previews, publishing
from builder.rendering import render_stylesheet
from builder.rendering.stylesheet import site_fonts
from builder.template_library import load
from tests.builder.factories import ProjectFactory, built_in

DOCS = Path(__file__).parents[2] / "docs" / "fonts.md"
FONTS = Path(fonts.__file__).parent
MOST_BYTES = 1_500_000
FAMILIES = {family.name: family for family in fonts.families()}


def tokens_in(*families):
    return {
        "typography": {
            "family": {
                name: {"$type": "fontFamily", "$value": [*families, "serif"]}
                for name in ("display", "body", "label")
            }
        }
    }


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_a_family_has_its_licence_its_origin_and_its_measures(name):
    family = FAMILIES[name]
    folder = FONTS / family.folder
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"@fontsource(-variable)?/[a-z0-9-]+", family.package)
    assert re.fullmatch(r"\d+\.\d+\.\d+", family.version)
    assert "http" not in (folder / "font.json").read_text(encoding="utf-8")
    assert {file.name for file in family.files} == {path.name for path in folder.glob("*.woff2")}
    assert all(file.body.startswith(b"wOF2") for file in family.files)
    assert "400" in family.fallback
    assert all(60 < each.size < 140 for each in family.fallback.values())


def test_the_documentation_lists_all_families_and_they_are_light():
    text = DOCS.read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-Z][^|]+?) \| .* \| (\S+ \S+) \|$", text, re.MULTILINE)
    known = {name: f"{family.package} {family.version}" for name, family in FAMILIES.items()}
    assert dict(listed) == known
    assert sum(family.size for family in FAMILIES.values()) < MOST_BYTES
    scripts = [family.script for family in FAMILIES.values()]
    assert scripts.count("latin") >= 8
    assert scripts.count("arabic") >= 6


def test_a_stylesheet_names_the_files_of_the_families_in_its_languages():
    tokens = tokens_in("Bitter", "El Messiri")
    english = render_stylesheet(tokens=tokens, section_types=[], languages=["en"])
    assert 'font-family:"Bitter";' in english
    assert "El Messiri;" not in english
    assert "arabic" not in english
    both = render_stylesheet(tokens=tokens, section_types=[], languages=["en", "ar"])
    for file in site_fonts(tokens, languages=["en", "ar"]):
        assert f"url({file.path.removeprefix('assets/')})" in both
    assert both.count("font-display:swap") == 2
    assert '--typography-body-font-family:"Bitter", "Bitter Fallback", "El Messiri"' in both


def test_fonts_that_a_visitor_has_are_left_to_him():
    css = render_stylesheet(tokens=tokens_in("Helvetica Neue"), section_types=[])
    assert "@font-face" not in css
    assert site_fonts(tokens_in("Helvetica Neue"), languages=["en"]) == []


def test_the_nearest_weight_is_preloaded_in_the_script_of_the_page():
    variables = {
        "--typography-display-font-family": '"Instrument Serif", "Amiri", serif',
        "--typography-display-font-weight": "700",
        "--typography-body-font-family": '"Amiri", serif',
        "--typography-body-font-weight": "400",
    }
    (one,) = fonts.preloads(variables, language="en")
    assert "/instrument-serif-latin-400." in one
    bold, regular = fonts.preloads(variables, language="ar")
    assert "/amiri-arabic-700." in bold
    assert "/amiri-arabic-400." in regular


def test_arabic_lines_have_room_and_latin_ones_stay_as_written():
    tokens = next(each for each in load() if each.slug == "marram").tokens
    css = render_stylesheet(tokens=tokens, section_types=[], languages=["en", "ar"])
    assert "--typography-display-line-height:1;" in css
    assert ":root:lang(ar){--typography-display-line-height:1.25;" in css
    assert '--typography-body-font-family:"IBM Plex Sans Arabic", "IBM' in css
    assert ":root:lang(ar){" not in render_stylesheet(
        tokens=tokens, section_types=[], languages=["en"]
    )


@pytest.mark.django_db
def test_a_release_and_a_preview_have_the_files_and_pages_load_the_first():
    project = ProjectFactory(template=built_in("suhail"), locales=None)
    release = publishing.publish(project=project, user=project.owner)
    named = {f"/{path}" for path in drafts.read(project=project).fonts()}
    assert len(named) == 5
    assert named <= set(release.manifest)
    assert all(release.manifest[path]["pinned"] for path in named)
    assert all(release.manifest[path]["content_type"] == "font/woff2" for path in named)
    assert named <= set(release.locales["en"]["assets"])
    assert named <= set(release.locales["ar"]["assets"])
    preview = previews.create(project=project, user=project.owner)
    assert named <= set(preview.release.manifest)


@pytest.mark.django_db
def test_a_site_in_one_language_has_no_fonts_of_the_other():
    project = ProjectFactory(template=built_in("suhail"), language="en")
    assert not any("arabic" in path for path in drafts.read(project=project).fonts())
