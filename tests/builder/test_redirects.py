"""Paths that lead elsewhere: checked when written, served from memory, made when pages move."""

import asyncio
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import publishing, redirects
from builder.models import SiteRedirect
from tests.builder.edge import elsewhere, eventually, serving, visit, web_database_url
from tests.builder.factories import ProjectFactory

HOST = "http://dune-house.localhost"
API = "/api/v1/site-redirects/"


@pytest.fixture(autouse=True)
def _web_login(request, settings):
    settings.SITES_DOMAIN = "localhost"
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        settings.WEB_DATABASE_URL = web_database_url()


def made(project, from_path, to, **more):
    redirect = SiteRedirect(
        workspace_id=project.workspace_id, project=project, from_path=from_path, to=to, **more
    )
    return redirects.save(redirect=redirect)


def refused(project, from_path, to, **more):
    with pytest.raises(redirects.RedirectError) as error:
        made(project, from_path, to, **more)
    return [(fault.pointer, fault.code) for fault in error.value.faults]


def place(project, key, path):
    sitemap = project.current_sitemap
    sitemap.pages[key]["path"] = path
    sitemap.save()
    project.refresh_from_db()
    return publishing.publish(project=project, user=project.owner)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/old", "/old"),
        ("/old/", "/old"),
        ("/", "/"),
        ("/a%20b", None),
        ("/%D8%B9%D9%86", "/عن"),
        ("/cafe\u0301", "/café"),
        ("/Old/Case", "/Old/Case"),
        ("old", None),
        ("//evil.example", None),
        ("/a//b", "/a//b"),
        ("/a/../b", None),
        ("/a/./b", None),
        ("/%2e%2e/b", None),
        ("/a?b=1", None),
        ("/a#b", None),
        ("/a\\b", None),
        ("/a\r\nset-cookie:x", None),
        ("/%0d%0a", None),
        ("/a%00", None),
        ("/" + "a" * 500, None),
        ("", None),
    ],
)
def test_a_path_has_one_spelling(text, path):
    if path is None:
        with pytest.raises(redirects.RedirectError):
            redirects.normalise_path(text)
    else:
        assert redirects.normalise_path(text) == path


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("/menu", "/menu"),
        ("/menu?a=1#b", "/menu?a=1#b"),
        ("https://Example.com/x", "https://example.com/x"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://own.example/menu?a=1", "/menu?a=1"),
        ("https://own.example", "/"),
        ("https://own.example//evil.example", "/"),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("\\\\evil.example", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.example", None),
        ("ftp://example.com/", None),
        ("https:evil.example", None),
        ("https:///evil.example", None),
        ("https://user:pw@example.com/", None),
        ("https://example.com@evil.example/", None),
        ("https://example.com:99999/", None),
        ("https://[::1", None),
        ("https://exa mple.com/", None),
        ("https://example.com/\r\nx: y", None),
        ("menu", None),
        ("", None),
        ("/" + "a" * 2048, None),
    ],
)
def test_a_target_is_a_path_of_the_site_or_a_web_address(text, target):
    own = frozenset({"own.example"})
    if target is None:
        with pytest.raises(redirects.RedirectError):
            redirects.normalise_target(text, own_hosts=own)
    else:
        assert redirects.normalise_target(text, own_hosts=own) == target


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_whatever_is_written_leads_to_one_place_or_is_refused(text):
    try:
        target = redirects.normalise_target(text, own_hosts=frozenset())
    except redirects.RedirectError:
        return
    parts = urlsplit(target)
    assert (target.startswith("/") and not target.startswith("//")) or (
        parts.scheme in ("http", "https") and parts.hostname and not parts.username
    )
    assert target.isprintable()
    assert "\\" not in target


@pytest.mark.django_db
def test_what_cannot_be_is_refused_with_its_place(project):
    made(project, "/a", "/b")
    made(project, "/b", "/c")
    assert refused(project, "/c", "/a") == [("/to", "loop")]
    assert refused(project, "/c", "/c") == [("/to", "loop")]
    assert refused(project, "/c", "/a/?x=1#y") == [("/to", "loop")]
    assert refused(project, "/c", "http://dune-house.localhost:8000/a") == [("/to", "loop")]
    assert refused(project, "/a", "/d") == [("/from_path", "duplicate_path")]
    assert refused(project, "/practice", "/d") == [("/from_path", "page_exists")]
    assert refused(project, "/_hh/x", "/d") == [("/from_path", "reserved_path")]
    assert refused(project, "/assets/site.css", "/d") == [("/from_path", "reserved_path")]
    assert refused(project, "x", "y") == [
        ("/from_path", "invalid_path"), ("/to", "invalid_target"),
    ]  # fmt: skip
    assert refused(project, "/x", "/y", status=303) == [("/status", "invalid_choice")]
    assert made(project, "/practice", "/d", replaces_page=True).pk


@pytest.mark.django_db
def test_another_sites_paths_are_its_own(project):
    made(ProjectFactory(), "/a", "/b")
    made(project, "/b", "/a")


@pytest.mark.django_db
def test_a_site_has_so_many_redirects_and_no_more(project, monkeypatch):
    monkeypatch.setattr(redirects, "MOST_OF_PROJECT", 2)
    first = made(project, "/a", "/x")
    made(project, "/b", "/x")
    assert refused(project, "/c", "/x") == [("/from_path", "too_many_redirects")]
    first.to = "/y"
    assert redirects.save(redirect=first).to == "/y"


TABLE = """\ufefffrom,to,status,replaces_page
/one,/menu,301,
/two/,https://example.com/x,,
/three,/three,,
nowhere,/menu,,
/four,/menu,200,
/practice,/menu,,
/practice,/menu,302,yes
/one,/contact,301,
"""


@pytest.mark.django_db
def test_a_table_is_taken_in_row_by_row(project):
    outcomes = redirects.load_csv(project=project, text=TABLE)
    told = [(each.line, each.status, [fault.code for fault in each.faults]) for each in outcomes]
    assert told == [
        (2, "created", []),
        (3, "created", []),
        (4, "error", ["loop"]),
        (5, "error", ["invalid_path"]),
        (6, "error", ["invalid_choice"]),
        (7, "error", ["page_exists"]),
        (8, "created", []),
        (9, "changed", []),
    ]
    stored = SiteRedirect.objects.filter(project=project).values_list("from_path", "to", "status")
    assert sorted(stored) == [
        ("/one", "/contact", 301),
        ("/practice", "/menu", 302),
        ("/two", "https://example.com/x", 308),
    ]
    again = redirects.load_csv(project=project, text="from,to,status\n/one,/contact,301\n")
    assert [each.status for each in again] == ["unchanged"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", 'from,to\n"/x,/y\n', "from;to\n/a;/b\n", "from\n/a\n"]
)
def test_what_is_no_such_table_is_refused_whole(project, text):
    with pytest.raises(redirects.RedirectError):
        redirects.load_csv(project=project, text=text)


@pytest.mark.django_db
def test_over_the_api_each_fault_has_its_pointer(api, project):
    body = {"project": str(project.pk), "from_path": "/old/", "to": "/contact", "status": 301}
    told = api.post(API, body, format="json")
    assert told.status_code == 201, told.json()
    assert (told.json()["from_path"], told.json()["origin"]) == ("/old", "hand")
    again = api.post(API, body, format="json")
    assert again.status_code == 400
    assert again.json()["errors"][0]["pointer"] == "/from_path"
    url = f"{API}{told.json()['id']}/"
    assert api.patch(url, {"to": "/old"}, format="json").json()["errors"][0]["code"] == "loop"
    assert api.patch(url, {"to": "/practice"}, format="json").json()["to"] == "/practice"
    assert api.patch(url, {"origin": "move"}, format="json").json()["origin"] == "hand"
    assert api.delete(url).status_code == 204


@pytest.mark.django_db
def test_many_at_once_over_the_api(api, project):
    rows = [("/one", "/contact"), ("/two", "javascript:x"), ("/three", "/one"), ("/one", "/x")]
    items = [{"project": str(project.pk), "from_path": a, "to": b} for a, b in rows]
    told = api.post(f"{API}bulk/", {"items": items}, format="json").json()
    assert [each["status"] for each in told["results"]] == ["created", "error", "created", "error"]
    pointers = [each["errors"][0]["pointer"] for each in told["results"] if each["errors"]]
    assert pointers == ["/items/1/to", "/items/3/from_path"]


@pytest.mark.django_db
def test_a_csv_over_the_api(api, project):
    url = f"{API}import/?project={project.pk}"
    told = api.post(url, TABLE.encode(), content_type="text/csv; charset=utf-8")
    assert told.status_code == 200, told.json()
    assert [each["status"] for each in told.json()][:3] == ["created", "created", "error"]
    assert told.json()[3]["errors"][0]["pointer"] == "/from"
    assert api.post(url, b"\xff\xfe", content_type="text/csv").status_code == 400
    assert api.post(url, b"a,b", content_type="text/csv").status_code == 400
    assert api.post(url, {}, format="json").status_code == 415
    theirs = f"{API}import/?project={ProjectFactory().pk}"
    assert api.post(theirs, TABLE.encode(), content_type="text/csv").status_code == 400


@pytest.mark.django_db
def test_a_strangers_redirect_is_not_there(api):
    theirs = made(ProjectFactory(), "/a", "/b")
    url = f"{API}{theirs.pk}/"
    answers = [api.get(url), api.patch(url, {"to": "/c"}, format="json"), api.delete(url)]
    assert {each.status_code for each in answers} == {404}


@pytest.mark.django_db(transaction=True)
def test_visitors_are_led_on(project):
    publishing.publish(project=project, user=project.owner)
    made(project, "/old", "/practice", status=301)
    made(project, "/away", "https://example.com/x?y=1#z", status=302)
    made(project, "/عن", "/practice#team", status=307)
    made(project, "/contact", "/practice", replaces_page=True)
    made(project, "/gone", "/عن-المكتب")
    for path, status, location in (
        ("/old", 301, "/practice"),
        ("/old/", 301, "/practice"),
        ("/old?a=1&b=%2F", 301, "/practice?a=1&b=%2F"),
        ("/away", 302, "https://example.com/x?y=1#z"),
        ("/away?y=2", 302, "https://example.com/x?y=1#z"),
        ("/%D8%B9%D9%86", 307, "/practice#team"),
        ("/%D8%B9%D9%86?a=1", 307, "/practice?a=1#team"),
        ("/contact", 308, "/practice"),
        ("/gone", 308, "/%D8%B9%D9%86-%D8%A7%D9%84%D9%85%D9%83%D8%AA%D8%A8"),
    ):
        answer = visit(HOST + path)
        assert (answer.status_code, answer.headers["location"]) == (status, location), path
        assert answer.content == b""
    by_path = visit("http://localhost/s/dune-house/old")
    assert by_path.headers["location"] == "/s/dune-house/practice"
    assert visit(f"{HOST}/OLD").status_code == 404
    # Nothing that a visitor sends becomes part of where they are led.
    tricky = visit(f"{HOST}/old?//evil.example", host="dune-house.localhost")
    assert tricky.headers["location"] == "/practice?//evil.example"


@pytest.mark.django_db(transaction=True)
def test_a_redirect_counts_within_a_second_and_a_table_is_one_change(project):
    publishing.publish(project=project, user=project.owner)
    table = "from,to\n" + "".join(f"/old-{n},/practice\n" for n in range(300))

    def write():
        redirects.load_csv(project=project, text=table)

    async def scenario():
        async with serving(news=True) as client:

            async def leads():
                return (await client.get(f"{HOST}/old-299")).status_code == 308

            assert not await leads()
            await asyncio.sleep(0.3)
            await elsewhere(write)
            return await eventually(leads, seconds=1)

    assert asyncio.run(scenario()) < 1


@pytest.mark.django_db(transaction=True)
def test_a_page_that_moves_leaves_a_redirect(project):
    publishing.publish(project=project, user=project.owner)
    assert not SiteRedirect.objects.exists()
    first = place(project, "practice", "/studio")
    assert visit(f"{HOST}/practice").headers["location"] == "/studio"
    place(project, "practice", "/about/studio")
    # Straight on, not from one old place to the next.
    for old in ("/practice", "/studio"):
        assert visit(HOST + old).headers["location"] == "/about/studio"
    assert visit(f"{HOST}/about/studio").status_code == 200
    publishing.rollback(project=project, release=first)
    assert visit(f"{HOST}/studio").status_code == 200
    assert visit(f"{HOST}/about/studio").headers["location"] == "/studio"
    assert visit(f"{HOST}/practice").headers["location"] == "/studio"
    assert set(SiteRedirect.objects.values_list("origin", flat=True)) == {"move"}


@pytest.mark.django_db(transaction=True)
def test_pages_that_change_places_lead_nowhere_else(project):
    publishing.publish(project=project, user=project.owner)
    pages = project.current_sitemap.pages
    pages["practice"]["path"], pages["contact"]["path"] = (
        pages["contact"]["path"], pages["practice"]["path"],
    )  # fmt: skip
    project.current_sitemap.save()
    publishing.publish(project=project, user=project.owner)
    assert not SiteRedirect.objects.exists()
    assert "Five people" in visit(f"{HOST}/contact").text


@pytest.mark.django_db
def test_a_redirect_by_hand_is_not_touched_when_a_page_moves(project):
    publishing.publish(project=project, user=project.owner)
    mine = made(project, "/practice", "https://example.com/", replaces_page=True)
    place(project, "practice", "/studio")
    mine.refresh_from_db()
    assert (mine.to, mine.origin) == ("https://example.com/", "hand")
    assert SiteRedirect.objects.count() == 1
