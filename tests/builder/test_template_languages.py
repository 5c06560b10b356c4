"""A template's site is in two languages from the start, whichever of them is its own."""

import pytest

from builder import drafts, locales, template_languages
from builder.models import Template
from builder.template_library import load
from tests.builder.factories import ProjectFactory, built_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", [template.slug for template in load()])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_site_of_the_library_is_in_both_languages(slug, language):
    template = built_in(slug)
    project = ProjectFactory(template=template, language=language, locales=None)
    draft = drafts.read(project=project)
    assert list(draft.faults()) == []
    assert sorted(each.language for each in draft.locales) == ["ar", "en"]
    frame = draft.frame(base_url="https://x.example", stylesheet="site.css", scripts=[])
    trees = {tree.locale.language: tree for tree in draft.trees(frame=frame)}
    assert trees[language].locale.prefix == ""
    paths = {page["path"] for page in template.document["pages"]}
    assert set(trees[language].pages) == paths
    other = "en" if language == "ar" else "ar"
    assert set(trees[other].pages) == {
        f"/{other}" if path == "/" else f"/{other}{path}" for path in paths
    }


def test_a_document_in_the_other_language_leads_back_to_itself():
    for template in (built_in(document.slug) for document in load()):
        (other,) = template_languages.languages_of(template)[1:]
        swapped = template_languages.document_in(template, other)
        assert swapped["pages"] != template.document["pages"]
        again = Template(language=other, document=swapped)
        assert template_languages.document_in(again, template.language) == template.document


def test_texts_change_places_and_what_is_no_text_stays():
    template = built_in("marram")
    (page, *_others) = template_languages.document_in(template, "ar")["pages"]
    (own, *_rest) = template.document["pages"]
    assert page["title"] == own["translations"]["ar"]["title"]
    assert page["translations"]["en"]["title"] == own["title"]
    hero, was = page["layout"]["content"][1]["props"], own["layout"]["content"][1]["props"]
    assert hero["title"] == own["layout"]["root"]["props"]["translations"]["ar"]["hero"]["title"]
    assert page["layout"]["root"]["props"]["translations"]["en"]["hero"]["title"] == was["title"]
    assert hero["variant"] == was["variant"]
    assert locales.layout_in(page["layout"], "en")["content"] == own["layout"]["content"]


def test_the_templates_name_is_kept_in_each_language_and_another_is_the_same_in_all():
    kept = ProjectFactory(template=built_in("suhail"), name="محمصة سُهيل", locales=None)
    assert kept.settings["locales"] == {"en": {"name": "Suhail Roastery"}}
    named = ProjectFactory(template=built_in("suhail"), name="Kafa", locales=None)
    assert named.settings["locales"] == {"en": {"name": "Kafa"}}


def test_a_site_may_be_in_one_language_only():
    project = ProjectFactory(template=built_in("suhail"), language="en", locales=())
    assert "locales" not in project.settings
    (home, *_others) = project.current_sitemap.wireframes.filter(page_key="home")
    assert home.title == "Suhail: speciality coffee from Abha"
    assert "translations" not in home.layout["root"]["props"]
    assert not any("translations" in page for page in project.current_sitemap.pages.values())


def test_a_template_in_one_language_makes_a_site_in_one():
    template = built_in("marram")
    pages = [
        {key: value for key, value in page.items() if key != "translations"}
        for page in template.document["pages"]
    ]
    own = Template.objects.create(
        slug="own",
        name="Own",
        category="x",
        language="en",
        document={**template.document, "pages": pages},
    )
    project = ProjectFactory(template=own, language="ar", locales=None)
    assert project.language == "ar"
    assert "locales" not in project.settings
