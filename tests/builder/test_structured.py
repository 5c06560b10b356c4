"""What pages say of themselves to machines is what their documents say, and in the right form."""

import json
import re

import pytest

from builder.rendering import structured
from builder.template_library import load
from builder.template_sites import languages_of, render_template
from tests.builder.pages import Outline, a_site, html_of

SITE = "https://site.example"
# What a node of each type must have, and may have (schema.org 29; Google's required properties).
SHAPES = {
    "owner": (
        {"@id", "name", "url"},
        {"telephone", "email", "address", "openingHoursSpecification"},
    ),
    "WebSite": ({"@id", "name", "url", "inLanguage", "publisher"}, set()),
    "WebPage": (
        {"@id", "url", "name", "inLanguage", "isPartOf"},
        {"description", "about", "breadcrumb"},
    ),
    "BreadcrumbList": ({"@id", "itemListElement"}, set()),
    "ListItem": ({"position", "name", "item"}, set()),
    "FAQPage": ({"@id", "inLanguage", "mainEntity"}, set()),
    "Question": ({"name", "acceptedAnswer"}, set()),
    "Answer": ({"text"}, set()),
    "Article": (
        {"headline", "inLanguage", "mainEntityOfPage", "publisher"},
        {"description", "author", "datePublished", "dateModified"},
    ),
    "Event": ({"name", "startDate", "endDate", "url", "inLanguage", "organizer"}, {"description"}),
    "Product": ({"name", "offers"}, {"description"}),
    "Offer": ({"price", "priceCurrency", "availability", "seller"}, set()),
    "OpeningHoursSpecification": ({"dayOfWeek", "opens", "closes"}, set()),
    "Person": ({"name"}, set()),
    "work": ({"name", "url"}, {"description"}),
}
SHAPES["BlogPosting"] = SHAPES["Article"]


def graph_of(html):
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    document = json.loads(written)
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def check(node):
    """A node and those in it have the properties of their types, none of them empty."""
    if set(node) == {"@id"}:
        assert node["@id"].startswith(SITE)
        return
    kind = node["@type"]
    if kind in structured.BUSINESSES or (kind == "Person" and "@id" in node):
        kind = "owner"
    elif kind in structured.WORKS - {"Event", "Product"}:
        kind = "work"
    required, known = SHAPES[kind]
    assert required <= set(node) - {"@type"} <= required | known, node
    for value in node.values():
        assert value not in ("", None, [], {})
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                check(inner)


def graph(*components, path="/", site=None, **page):
    site = site or a_site(base_url=SITE)
    nodes = graph_of(html_of(*components, path=path, site=site, **page))
    for node in nodes:
        check(node)
    return {node["@type"]: node for node in nodes}


@pytest.mark.parametrize("template", load(), ids=lambda each: each.slug)
def test_pages_of_the_library_are_told_of_in_their_language(template):
    assert template.schema_type in structured.KINDS
    pages = render_template(template, base_url=SITE).pages
    own, other = languages_of(template)
    for path, page in pages.items():
        nodes = graph_of(page.html)
        for node in nodes:
            check(node)
        language = other if f"{path}/".startswith(f"/{other}/") else own
        (website,) = [node for node in nodes if node["@type"] == "WebSite"]
        assert website["inLanguage"] == language
        assert website["name"] == template.site_names[language]
        trail = [node for node in nodes if node["@type"] == "BreadcrumbList"]
        assert bool(trail) == (path not in ("/", f"/{other}"))


def test_the_owner_is_of_the_sites_trade_and_has_what_the_page_says():
    links = [
        {"label": "Call", "href": "tel:+966175550148"},
        {"label": "w", "href": "mailto:a@b.example"},
    ]
    place = {"address": "Art Street\nAbha", "links": links}
    hours = [{"first": "saturday", "last": "monday", "open": [{"start": "06:00", "end": "23:00"}]}]
    found = graph(
        ("Location", "place", {"variant": "sign", "places": [place]}),
        ("Schedule", "hours", {"variant": "hours", "hours": hours}),
        site=a_site(base_url=SITE, about="CafeOrCoffeeShop"),
    )["CafeOrCoffeeShop"]
    assert found["telephone"] == "+966175550148"
    assert found["email"] == "a@b.example"
    assert found["address"] == "Art Street, Abha"
    (when,) = found["openingHoursSpecification"]
    assert when["dayOfWeek"] == [
        f"https://schema.org/{day}" for day in ("Saturday", "Sunday", "Monday")
    ]
    assert (when["opens"], when["closes"]) == ("06:00", "23:00")


def test_what_the_page_does_not_say_is_left_out():
    found = graph(("Hero", "hero", {"title": "Houses"}))["Organization"]
    assert set(found) == {"@type", "@id", "name", "url"}


def test_a_setting_that_is_no_type_is_not_repeated():
    found = graph(
        ("Hero", "hero", {"title": "Houses"}), site=a_site(base_url=SITE, about="Spaceship")
    )
    assert "Organization" in found


def test_questions_and_their_answers():
    asked = {"questions": [{"question": "Do you *work* inland?", "answer": "Gladly.\n\nIf asked."}]}
    found = graph(("FAQ", "a", asked), ("FAQ", "b", {**asked, "hidden": True}))
    (entry,) = found["FAQPage"]["mainEntity"]
    assert entry["name"] == "Do you work inland?"
    assert entry["acceptedAnswer"]["text"] == "Gladly. If asked."


def test_an_article_with_its_dates():
    props = {
        "title": "A short *history*", "author": "Sami", "date": "2026-01-18",
        "chapters": [{"text": "<p>Bread.</p>"}],
    }  # fmt: skip
    found = graph(("Article", "text", props), path="/wood/oak")
    article = found["Article"]
    assert article["headline"] == "A short history"
    assert article["author"] == {"@type": "Person", "name": "Sami"}
    assert article["datePublished"] == "2026-01-18"
    assert "dateModified" not in article
    blog = graph(("Article", "text", props), site=a_site(base_url=SITE, about="Blog"))
    assert "BlogPosting" in blog


def test_an_event_has_the_days_of_its_programme():
    days = [
        {"title": "Two", "date": "2026-03-10", "sessions": [{"start": "09:00", "title": "Bread"}]},
        {"title": "One", "date": "2026-03-09", "sessions": [{"start": "09:00", "title": "Salt"}]},
    ]
    programme = ("Schedule", "days", {"days": days})
    event = graph(programme, site=a_site(base_url=SITE, about="Event"))["Event"]
    assert (event["startDate"], event["endDate"]) == ("2026-03-09", "2026-03-10")
    assert "Event" not in graph(programme)


@pytest.mark.parametrize(
    ("price", "written"), [(95, "95"), (9.5, "9.5"), (1_250_000, "1250000"), (0.125, "0.125")]
)
def test_products_have_their_prices(price, written):
    products = [{"name": "Khawlani", "price": price, "available": False}]
    found = graph(("Products", "shop", {"products": products, "currency": "SAR"}))["Product"]
    assert found["offers"]["price"] == written
    assert found["offers"]["priceCurrency"] == "SAR"
    assert found["offers"]["availability"] == "https://schema.org/OutOfStock"


def test_the_way_to_a_page_leads_over_those_above_it():
    trail = graph(("Hero", "hero", {"title": "Oak"}), path="/contact/map", title="Map")
    items = trail["BreadcrumbList"]["itemListElement"]
    assert [(each["position"], each["item"]) for each in items] == [
        (1, f"{SITE}/"), (2, f"{SITE}/contact"), (3, f"{SITE}/contact/map"),
    ]  # fmt: skip


def test_no_text_ends_the_element():
    title = "</script><script>alert(1)</script><!--"
    html = html_of(
        ("FAQ", "a", {"questions": [{"question": title, "answer": title}]}),
        site=a_site(base_url=SITE, name=title), title=title,
    )  # fmt: skip
    assert html.count("</script>") == 1
    assert [attrs.get("type") for attrs in Outline(html).all("script")] == ["application/ld+json"]
    nodes = {node["@type"]: node for node in graph_of(html)}
    assert nodes["FAQPage"]["mainEntity"][0]["name"] == title


def test_what_is_not_to_be_found_says_nothing():
    hero = ("Hero", "hero", {"title": "Houses"})
    assert "ld+json" not in html_of(hero)
    assert "ld+json" not in html_of(hero, site=a_site(base_url=SITE, indexed=False))


def test_the_first_picture_is_what_is_shown_of_a_page():
    hero = {
        "title": "Houses",
        "picture": {"src": "https://pictures.example/a.jpg", "alt": "A house"},
    }
    html = html_of(("Hero", "hero", hero), site=a_site(base_url=SITE))
    metas = {meta.get("property"): meta.get("content") for meta in Outline(html).all("meta")}
    assert metas["og:image"] == "https://pictures.example/a.jpg"
    assert metas["og:image:alt"] == "A house"
    assert (metas["og:locale"], metas["og:type"]) == ("en_US", "website")
    drawn = {"title": "Houses", "picture": {"art": "marram/plan", "alt": "A plan"}}
    assert "og:image" not in html_of(("Hero", "hero", drawn), site=a_site(base_url=SITE))
