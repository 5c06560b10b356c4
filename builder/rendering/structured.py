"""What a page says of itself to machines: schema.org, as JSON-LD (https://www.w3.org/TR/json-ld11/).

Every value stands in the page's documents: what they do not say is left out, and what schema.org or
a search engine would like besides is not made up.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final

from django.utils.safestring import SafeString

from builder.rendering import links
from builder.rendering.site import NavPage, PageInput, SiteInput
from builder.sections import Component

Node = dict[str, Any]

# What a site may be about (a project's setting `schema_type`); schema.org 29.
BUSINESSES: Final = frozenset(
    {
        "Organization", "LocalBusiness", "ProfessionalService", "LegalService", "AccountingService",
        "FinancialService", "InsuranceAgency", "RealEstateAgent", "GeneralContractor",
        "HomeAndConstructionBusiness", "MovingCompany", "EmploymentAgency", "Restaurant",
        "CafeOrCoffeeShop", "Bakery", "Hotel", "LodgingBusiness", "TravelAgency", "BeautySalon",
        "HairSalon", "ExerciseGym", "HealthClub", "MedicalClinic", "Dentist", "Pharmacy", "Store",
        "EducationalOrganization", "NGO", "Mosque", "PlaceOfWorship", "NewsMediaOrganization",
        "Corporation", "OnlineStore",
    }
)  # fmt: skip
# Sites about something that an organization or a person has made, or holds.
WORKS: Final = frozenset(
    {
        "SoftwareApplication",
        "MobileApplication",
        "WebApplication",
        "Blog",
        "Course",
        "Event",
        "Product",
    }
)
PEOPLE: Final = frozenset({"Person"})
KINDS: Final = BUSINESSES | WORKS | PEOPLE
# Of what is emitted, by type: what must be there, and what may be.
_SCHEMA: Final = "https://schema.org/"
_EMPHASIS: Final = re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*")
_TAG: Final = re.compile(r"<[^>]*>")
_DAYS: Final = ("saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday")


def structured(page: PageInput, site: SiteInput, parts: list[Component]) -> SafeString:
    """The page's JSON-LD, to stand in a script element; "" for a page without a public address."""
    if not (site.base_url and site.indexed and page.indexed):
        return SafeString("")
    shown = [part for part in parts if not part.props.hidden]
    nodes = [*_nodes(page, site, shown)]
    written = json.dumps({"@context": _SCHEMA.rstrip("/"), "@graph": nodes}, ensure_ascii=False)
    # No text can end the element, or begin another: the escapes are JSON's own.
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return SafeString(written)


def _nodes(page: PageInput, site: SiteInput, parts: list[Component]) -> Iterator[Node]:
    is_home = page.path == site.home_path
    yield _owner(page, site, parts)
    yield _website(site)
    yield _webpage(page, site, is_home=is_home)
    if not is_home:
        yield _breadcrumbs(page, site)
    if is_home and site.about in WORKS - {"Event"}:
        yield _told(
            {
                "@type": site.about,
                "name": site.name,
                "description": page.description,
                "url": _home(site),
            }
        )
    yield from _faq(page, site, parts)
    for part in parts:
        make = _BY_SECTION.get(part.section.type)
        if make is not None:
            yield from make(part.props, page, site)


def _owner(page: PageInput, site: SiteInput, parts: list[Component]) -> Node:
    """Whose site it is, with the ways to reach them that the page names."""
    kind = site.about if site.about in BUSINESSES | PEOPLE else "Organization"
    found = list(_hrefs([part.props for part in parts]))
    places = [place for part in parts for place in getattr(part.props, "places", ())]
    addresses = [getattr(place, "address", "") for place in places]
    is_place = kind not in {"Organization", "Corporation", "NGO", "OnlineStore"} | PEOPLE
    return _told(
        {
            "@type": kind,
            "@id": _owner_id(site),
            "name": site.name,
            "url": _home(site),
            "telephone": next((each[4:] for each in found if each.startswith("tel:")), ""),
            "email": next((each[7:] for each in found if each.startswith("mailto:")), ""),
            "address": ", ".join(next(iter(addresses), "").split("\n")),
            "openingHoursSpecification": [*_hours(parts)] if is_place else [],
        }
    )


def _website(site: SiteInput) -> Node:
    return {
        "@type": "WebSite",
        "@id": f"{_home(site)}#website",
        "name": site.name,
        "url": _home(site),
        "inLanguage": site.language,
        "publisher": {"@id": _owner_id(site)},
    }


def _webpage(page: PageInput, site: SiteInput, *, is_home: bool) -> Node:
    url = site.base_url + page.path
    return _told(
        {
            "@type": "WebPage",
            "@id": url,
            "url": url,
            "name": page.title,
            "description": page.description,
            "inLanguage": site.language,
            "isPartOf": {"@id": f"{_home(site)}#website"},
            "about": {"@id": _owner_id(site)} if is_home else None,
            "breadcrumb": None if is_home else {"@id": f"{url}#breadcrumb"},
        }
    )


def _breadcrumbs(page: PageInput, site: SiteInput) -> Node:
    """The way from the home page, by those pages whose paths this one's begins with."""
    above = [each for each in site.pages if page.path.startswith(f"{each.path.rstrip('/')}/")]
    home = NavPage("", site.name, site.home_path)
    way = [home, *sorted((each for each in above if each.path != site.home_path), key=_depth)]
    way.append(NavPage(page.key, page.title, page.path))
    return {
        "@type": "BreadcrumbList",
        "@id": f"{site.base_url}{page.path}#breadcrumb",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": each.title,
                "item": site.base_url + each.path,
            }
            for position, each in enumerate(way, start=1)
        ],
    }


def _depth(page: NavPage) -> int:
    return page.path.count("/")


def _faq(page: PageInput, site: SiteInput, parts: list[Component]) -> Iterator[Node]:
    questions = [
        each for part in parts if part.section.type == "FAQ" for each in _all(part, "questions")
    ]
    if questions:
        yield {
            "@type": "FAQPage",
            "@id": f"{site.base_url}{page.path}#questions",
            "inLanguage": site.language,
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": plain(each.question),
                    "acceptedAnswer": {"@type": "Answer", "text": plain(each.answer)},
                }
                for each in questions
            ],
        }


def _article(props: Any, page: PageInput, site: SiteInput) -> Iterator[Node]:
    if props.title:
        yield _told(
            {
                "@type": "BlogPosting" if site.about == "Blog" else "Article",
                "headline": plain(props.title),
                "description": plain(props.text),
                "author": {"@type": "Person", "name": props.author} if props.author else None,
                "datePublished": props.date,
                "dateModified": props.updated,
                "inLanguage": site.language,
                "mainEntityOfPage": {"@id": site.base_url + page.path},
                "publisher": {"@id": _owner_id(site)},
            }
        )


def _event(props: Any, page: PageInput, site: SiteInput) -> Iterator[Node]:
    """An event of a site that is about one, where the programme has its dates."""
    dates = sorted(day.date for day in props.days if day.date)
    if dates and site.about == "Event":
        yield _told(
            {
                "@type": "Event",
                "name": site.name,
                "description": page.description,
                "startDate": dates[0],
                "endDate": dates[-1],
                "url": site.base_url + page.path,
                "inLanguage": site.language,
                "organizer": {"@id": _owner_id(site)},
            }
        )


def _products(props: Any, _page: PageInput, site: SiteInput) -> Iterator[Node]:
    for each in props.products:
        stock = "InStock" if each.available else "OutOfStock"
        yield _told(
            {
                "@type": "Product",
                "name": plain(each.name),
                "description": plain(each.text),
                "offers": {
                    "@type": "Offer",
                    "price": f"{each.price:.3f}".rstrip("0").rstrip("."),
                    "priceCurrency": each.currency or props.currency,
                    "availability": _SCHEMA + stock,
                    "seller": {"@id": _owner_id(site)},
                },
            }
        )


_BY_SECTION: Final[dict[str, Callable[[Any, PageInput, SiteInput], Iterator[Node]]]] = {
    "Article": _article,
    "Schedule": _event,
    "Products": _products,
}


def _hours(parts: list[Component]) -> Iterator[Node]:
    for part in parts:
        if part.section.type == "Schedule":
            for row in part.props.hours:  # type: ignore[attr-defined]
                for span in row.open:
                    yield {
                        "@type": "OpeningHoursSpecification",
                        "dayOfWeek": [_SCHEMA + day.capitalize() for day in _week(row)],
                        "opens": span.start,
                        "closes": span.end,
                    }


def _week(row: Any) -> list[str]:
    first = _DAYS.index(row.first)
    last = _DAYS.index(row.last or row.first)
    return [_DAYS[index % 7] for index in range(first, last + 1 + 7 * (last < first))]


def _all(part: Component, name: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(part.props, name, ())
    return found


def _hrefs(value: Any) -> Iterator[str]:
    """The addresses of all links within props, in their order."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _hrefs(item)
    elif hasattr(type(value), "model_fields"):
        if isinstance(href := getattr(value, "href", None), str):
            yield href
        for name in type(value).model_fields:
            yield from _hrefs(getattr(value, name))


def plain(text: str) -> str:
    """A text of props without its marks: emphasis, elements, line breaks."""
    bare = unescape(_TAG.sub("", text)) if isinstance(text, SafeString) else text
    return " ".join(_EMPHASIS.sub(r"\1", bare).split())


def absolute(href: str, *, page: PageInput, site: SiteInput) -> str:
    """The whole address that a link's href stands for."""
    if href.startswith("#"):
        return site.base_url + page.path + href
    pages = (*site.pages, *site.elsewhere)
    found = links.resolve(href=href, base="/", pages=pages, home=site.home_path)
    return site.base_url + found if found.startswith("/") else found


def _home(site: SiteInput) -> str:
    return site.base_url + site.home_path


def _owner_id(site: SiteInput) -> str:
    # One organization, whatever the page's language.
    return f"{site.base_url}/#owner"


def _told(node: Node) -> Node:
    """A node without what the documents do not say."""
    return {name: value for name, value in node.items() if value not in ("", None, [])}
