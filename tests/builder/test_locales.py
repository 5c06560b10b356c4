"""A site in several languages: its pages in each, and each published apart."""

import re

import pytest

from builder import locales, previews, publishing, storing
from builder.models import ReleaseFile, Wireframe

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(project):
    """The project, with its home and contact page in Arabic too."""
    project.settings["locales"] = {"ar": {"name": "بيت الكثبان"}}
    project.save()
    sitemap = project.current_sitemap
    sitemap.pages["home"]["translations"] = {"ar": {"title": "الرئيسية", "description": "بيوت"}}
    sitemap.pages["contact"]["translations"] = {"ar": {"title": "اتصل بنا"}}
    sitemap.save()
    say(project, "بيوت للريح", language="ar")
    return project


def page(project, key="home"):
    return Wireframe.objects.get(sitemap=project.current_sitemap, page_key=key)


def say(project, title, *, language="", key="home"):
    """Give the page's second component a title, in a language."""
    wireframe = page(project, key)
    props = wireframe.layout["content"][1]["props"]
    if language:
        root = wireframe.layout.setdefault("root", {}).setdefault("props", {})
        words = root.setdefault("translations", {}).setdefault(language, {})
        words[props["id"]] = {"title": title}
    else:
        props["title"] = title
    wireframe.save()


def publish(project, *languages):
    return publishing.publish(project=project, user=None, locales=languages or None)


def html(release, path):
    sha256 = release.manifest[path]["sha256"]
    file = ReleaseFile.objects.get(sha256=sha256)
    return storing.plain(file.body, file.gzip).decode()


def faults_of(project, *languages):
    with pytest.raises(publishing.PublishError) as caught:
        publish(project, *languages)
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def test_each_language_has_its_pages_below_its_prefix(both):
    release = publish(both)
    assert {"/", "/contact", "/practice", "/ar", "/ar/contact"} < set(release.manifest)
    assert "/ar/practice" not in release.manifest
    home = html(release, "/ar")
    assert '<html lang="ar" dir="rtl">' in home
    assert "بيوت للريح" in home
    assert "<title>الرئيسية</title>" in home
    assert '<meta name="description" content="بيوت">' in home
    assert "بيت الكثبان" in html(release, "/ar/contact")
    assert 'lang="en" dir="ltr"' in html(release, "/")
    assert list(release.locales) == ["en", "ar"]
    assert release.locales["ar"]["pages"] == ["/ar", "/ar/contact"]


def test_pages_name_each_other_as_translations(both, settings):
    settings.PUBLIC_SITES_URL = "http://localhost:8000"
    release = publish(both)
    for path in ("/contact", "/ar/contact"):
        found = re.findall(
            r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html(release, path)
        )
        base = "http://dune-house.localhost:8000"
        assert dict(found) == {
            "en": f"{base}/contact", "x-default": f"{base}/contact", "ar": f"{base}/ar/contact",
        }  # fmt: skip
    assert "hreflang" not in html(release, "/practice")
    assert f"<loc>{base}/ar/contact</loc>" in html(release, "/sitemap.xml")


def test_links_stay_in_their_language_where_the_page_is_in_it(both):
    release = publish(both)
    links = set(re.findall(r'href="([^"#]+)', html(release, "/ar")))
    # "practice" is in English only, and is found there.
    assert {"./ar", "./ar/contact", "./practice"} <= links
    assert "./contact" not in links


def test_forms_are_known_in_each_language(both):
    forms = {form["path"]: form["component_id"] for form in publish(both).forms}
    assert forms == {"/contact": "contact-form", "/ar/contact": "contact-form"}


def test_one_language_is_published_while_the_other_stays_as_it_was(both):
    first = publish(both)
    say(both, "Houses that stand")
    say(both, "بيوت تقف", language="ar")
    second = publish(both, "ar")
    assert second.manifest["/"] == first.manifest["/"]
    assert "بيوت تقف" in html(second, "/ar")
    third = publish(both, "en")
    assert third.manifest["/ar"] == second.manifest["/ar"]
    assert "Houses that stand" in html(third, "/")
    # All together there is nothing left to do.
    assert publish(both).manifest == third.manifest


def test_what_a_language_that_stays_loads_stays_with_it(both):
    first = publish(both)
    guide = page(both).style_guides.get()
    value = {"colorSpace": "srgb", "components": [0.1, 0.1, 0.4]}
    guide.colors["accent"] = {"$type": "color", "$value": value}
    guide.save()
    second = publish(both, "ar")
    sheets = {path for path in second.manifest if path.endswith(".css")}
    (old,) = (path for path in first.manifest if path.endswith(".css"))
    assert len(sheets) == 2
    assert old in sheets
    assert f".{old}" in html(second, "/")
    assert f".{old}" not in html(second, "/ar")
    third = publish(both, "en")
    assert {path for path in third.manifest if path.endswith(".css")} == sheets - {old}


def test_a_language_that_is_not_live_yet_is_not_named_by_the_other(both):
    release = publish(both, "en")
    assert "/ar" not in release.manifest
    assert list(release.locales) == ["en"]
    assert "hreflang" not in html(release, "/")
    assert "/ar" in publish(both, "ar").manifest


def test_a_page_that_is_not_live_in_the_other_language_is_not_named_there(both):
    publish(both)
    both.current_sitemap.pages["practice"]["translations"] = {"ar": {"title": "عملنا"}}
    both.current_sitemap.save()
    assert "hreflang" not in html(publish(both, "en"), "/practice")
    assert "hreflang" in html(publish(both), "/practice")


def test_a_language_that_was_taken_from_the_settings_goes(both):
    publish(both)
    both.settings = {}
    both.save()
    release = publish(both)
    assert not any(path.startswith("/ar") for path in release.manifest)
    assert list(release.locales) == ["en"]


def test_the_sites_own_language_comes_first(both):
    assert faults_of(both, "ar") == [("/locales", "own_locale_not_live")]
    publish(both)
    publishing.unpublish(project=both)
    assert faults_of(both, "ar") == [("/locales", "own_locale_not_live")]


def test_languages_that_cannot_be_published_are_pointed_at(both):
    assert ("/locales/1", "unknown_locale") in faults_of(both, "en", "fr")
    with pytest.raises(publishing.PublishError) as caught:
        publishing.publish(project=both, user=None, locales=[])
    assert ("/locales", "no_locales") in [(f.pointer, f.code) for f in caught.value.faults]


def test_when_the_own_language_changes_all_are_published_together(both):
    publish(both)
    both.language, both.settings = "ar", {"locales": {"en": {}}}
    both.save()
    both.current_sitemap.pages["home"]["translations"] = {"en": {"title": "Home"}}
    both.current_sitemap.save()
    assert faults_of(both, "ar") == [("/locales", "own_locale_changed")]
    assert '<html lang="ar" dir="rtl">' in html(publish(both), "/")


def test_a_language_whose_live_files_are_gone_is_published_with_the_others(both):
    release = publish(both)
    ReleaseFile.objects.filter(sha256=release.manifest["/ar"]["sha256"]).delete()
    say(both, "New")
    assert faults_of(both, "en") == [("/locales", "file_gone")]
    publish(both)


def test_faults_of_translations_are_pointed_at(both):
    both.settings["locales"]["fr"] = {}
    both.settings["locales"]["en"] = {}
    both.save()
    pages = both.current_sitemap.pages
    del pages["home"]["translations"]
    pages["contact"]["translations"]["ar"] = {"title": ""}
    pages["practice"]["path"] = "/ar/practice"
    both.current_sitemap.save()
    wireframe = page(both)
    hero = wireframe.layout["content"][1]["props"]["id"]
    words = {hero: {"title": "x", "nonsense": 1}, "no-longer-there": {"title": "y"}}
    wireframe.layout["root"]["props"]["translations"]["ar"] = words
    wireframe.save()
    found = faults_of(both)
    assert ("/settings/locales/fr", "unknown_locale") in found
    assert ("/settings/locales/en", "own_locale") in found
    assert ("/sitemap/pages/home/translations/ar", "missing_translation") in found
    assert ("/sitemap/pages/contact/translations/ar/title", "string_too_short") in found
    assert ("/sitemap/pages/practice/path", "reserved_path") in found
    place = f"/wireframes/home/root/props/translations/ar/{hero}/nonsense"
    assert place in [pointer for pointer, _code in found]
    assert not any("no-longer-there" in pointer for pointer, _code in found)


@pytest.mark.parametrize("words", [["x"], {"hero": "x"}])
def test_translations_of_the_wrong_kind_are_pointed_at(both, words):
    wireframe = page(both)
    wireframe.layout["root"]["props"]["translations"]["ar"] = words
    wireframe.save()
    assert faults_of(both) == [("/wireframes/home/root/props/translations/ar", "invalid_type")]


def test_a_preview_is_not_to_be_found_and_has_every_language(both):
    release = previews.create(project=both, user=None).release
    for path in ("/", "/ar", "/ar/contact"):
        assert '<meta name="robots" content="noindex">' in html(release, path)
        assert "canonical" not in html(release, path)
    assert "noindex" not in html(publish(both), "/")


def test_a_layout_without_translations_is_the_same_in_every_language(both):
    layout = page(both, "practice").layout
    assert locales.layout_in(layout, "ar")["content"] == layout["content"]
