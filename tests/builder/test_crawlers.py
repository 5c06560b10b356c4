"""What readers other than people are given: the sitemap with its alternates, and a feed."""

from xml.etree import ElementTree

import pytest

from builder import publishing, releases
from builder.feeds import write_feed
from builder.rendering import PageInput
from tests.builder.factories import ProjectFactory, built_in
from tests.builder.pages import a_site, layout_of

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}link"
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://site.example"


def published(**made):
    project = ProjectFactory(template=built_in("suhail"), **made)
    return project, publishing.publish(project=project, user=project.owner)


def files(release):
    return releases.contents(release=release)


def entries(*given):
    return ("Posts", "posts", {"entries": [{"href": "page:oak", **each} for each in given]})


def feed(*components, **site):
    page = PageInput(key="home", path="/", title="Home", layout=layout_of(*components))
    body = write_feed(site=a_site(**{"base_url": SITE, **site}), pages=[page])
    return None if body is None else ElementTree.fromstring(body)  # noqa: S314  our own


@pytest.mark.django_db
def test_the_sitemap_names_each_page_in_all_languages():
    project, release = published(locales=None)
    root = ElementTree.fromstring(files(release)["/sitemap.xml"])  # noqa: S314  our own
    found = {url.find(f"{SITEMAP}loc").text: url for url in root}
    base = next(address for address in found if address.endswith("/menu")).removesuffix("/menu")
    assert set(found) == {
        f"{base}{path}" for path in ("/", "/menu", "/contact", "/en", "/en/menu", "/en/contact")
    }
    for address in (f"{base}/menu", f"{base}/en/menu"):
        links = {each.get("hreflang"): each.get("href") for each in found[address].iter(XHTML)}
        assert links == {
            "ar": f"{base}/menu", "en": f"{base}/en/menu", "x-default": f"{base}/menu",
        }  # fmt: skip
    page = project.current_sitemap.wireframes.get(page_key="menu")
    when = found[f"{base}/menu"].find(f"{SITEMAP}lastmod").text
    assert when == page.updated_at.date().isoformat()


@pytest.mark.django_db
def test_a_site_in_one_language_has_no_alternates():
    _project, release = published()
    assert b"hreflang" not in files(release)["/sitemap.xml"]


@pytest.mark.django_db
def test_a_site_with_dated_entries_has_a_feed_in_each_of_its_languages():
    project = ProjectFactory(template=built_in("suhail"), locales=None)
    home = project.current_sitemap.wireframes.get(page_key="home")
    _kind, _id, props = entries({"title": "محصول جديد", "date": "2026-01-18"})
    home.layout["content"].insert(2, {"type": "Posts", "props": {"id": "posts", **props}})
    for item in props["entries"]:
        item["href"] = "page:menu"
    english = [{**props["entries"][0], "title": "A new crop"}]
    home.layout["root"]["props"]["translations"]["en"]["posts"] = {"entries": english}
    home.save()
    release = publishing.publish(project=project, user=project.owner)
    found = files(release)
    assert "محصول جديد".encode() in found["/feed.xml"]
    assert b"A new crop" in found["/en/feed.xml"]
    assert release.manifest["/feed.xml"]["content_type"].startswith("application/atom+xml")
    assert b'type="application/atom+xml"' in found["/menu"]
    assert b'href="../feed.xml"' not in found["/menu"]
    assert b'href="../en/feed.xml"' in found["/en/menu"]
    assert "/feed.xml" not in release.locales["ar"]["pages"]
    # The Arabic pages are published alone: the English feed stays.
    again = publishing.publish(project=project, user=project.owner, locales=["ar"])
    assert again.manifest["/en/feed.xml"] == release.manifest["/en/feed.xml"]


@pytest.mark.django_db
def test_a_site_without_entries_has_no_feed():
    _project, release = published()
    found = files(release)
    assert "/feed.xml" not in found
    assert b"atom+xml" not in found["/"]


def test_a_feed_has_what_atom_wants_the_newest_first():
    root = feed(
        entries(
            {"title": "Old & *good*", "date": "2025-02-01", "author": "Ines", "text": "A <b>."},
            {"title": "New", "date": "2026-02-01", "href": "https://elsewhere.example/a?b=1&c=2"},
            {"title": "Without a date"},
        ),
        # The same entry in another list is told of once.
        entries({"title": "Old & *good*", "date": "2025-02-01"}),
    )
    assert {root.find(f"{ATOM}{name}").text for name in ("id", "title")} == {f"{SITE}/", "Ply & Co"}
    assert root.find(f"{ATOM}updated").text == "2026-02-01T00:00:00Z"
    assert root.find(f"{ATOM}link").get("href") == f"{SITE}/feed.xml"
    new, old = root.findall(f"{ATOM}entry")
    assert new.find(f"{ATOM}link").get("href") == "https://elsewhere.example/a?b=1&c=2"
    assert old.find(f"{ATOM}link").get("href") == f"{SITE}/wood/oak"
    assert old.find(f"{ATOM}title").text == "Old & good"
    assert len({each.find(f"{ATOM}id").text for each in (new, old)}) == 2
    assert old.find(f"{ATOM}id").text.startswith("urn:uuid:")


def test_without_a_public_address_or_a_date_there_is_no_feed():
    assert feed(entries({"title": "Old", "date": "2025-02-01"}), base_url="") is None
    assert feed(entries({"title": "Old"})) is None
    hidden = entries({"title": "Old", "date": "2025-02-01"})
    hidden[2]["hidden"] = True
    assert feed(hidden) is None
