"""Blocks that are decided for each visitor: what a layout says, what is published, what is served.

Deciders are functions of this module, named in the settings as any floor above would.
"""

import asyncio
import gzip
import re
import time

import brotli
import httpx
import pytest

from builder import publishing, site_passwords
from builder.models import Wireframe
from builder.rendering.blocks import BLOCKS, BlockedPage
from builder.sections import validate_layout
from builder.serving import deciding
from builder.serving.deciding import Deciders, Visit, needs_visitor_id
from tests.builder.edge import serving, visit, web_database_url
from tests.builder.pages import layout_of

HOST = "http://dune-house.localhost"
HERE = "tests.builder.test_page_deciders"
SEEN: list[tuple[Visit, tuple]] = []


async def by_campaign(visit, blocks):
    """Whoever comes by a campaign sees the block of that name."""
    SEEN.append((visit, tuple(blocks)))
    return {block.id: visit.query.removeprefix("utm_campaign=") for block in blocks}


@needs_visitor_id
async def by_visitor(visit, blocks):
    SEEN.append((visit, tuple(blocks)))
    if visit.visitor_id is None:
        return {}
    return {block.id: block.variants[int(visit.visitor_id[0], 16) % 2] for block in blocks}


async def too_slow(visit, blocks):
    await asyncio.sleep(5)
    return {}


async def broken(visit, blocks):
    raise LookupError("no such thing")


async def nonsense(visit, blocks):
    return {"no such block": "evening", **{block.id: "no such variant" for block in blocks}}


async def nothing(visit, blocks):
    return None


HERO = "hero"
DYNAMIC = {
    HERO: {
        "variants": {
            "evening": {"title": "Good evening"},
            "member": {"title": "Welcome back", "text": "Your house waits."},
        }
    }
}


@pytest.fixture(autouse=True)
def _web_login(request, settings):
    SEEN.clear()
    settings.SITES_DOMAIN = "localhost"
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_campaign"]
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        settings.WEB_DATABASE_URL = web_database_url()


@pytest.fixture
def home(project):
    return Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")


def declare(home, dynamic=DYNAMIC):
    """Make the home page's hero dynamic, and publish."""
    item = next(each for each in home.layout["content"] if each["type"] == "Hero")
    blocks = {item["props"]["id"]: dynamic[HERO]}
    home.layout.setdefault("root", {})["props"] = {"dynamic": blocks}
    home.save()
    project = home.sitemap.project
    return publishing.publish(project=project, user=project.owner)


def a_layout(dynamic, *more):
    layout = layout_of(("Hero", "hero", {"variant": "plain", "title": "Good day"}), *more)
    layout["root"]["props"]["dynamic"] = dynamic
    return layout


def test_a_layout_may_declare_blocks():
    assert validate_layout(a_layout(DYNAMIC)) == []
    assert validate_layout(a_layout({})) == []


@pytest.mark.parametrize(
    ("dynamic", "pointer", "code"),
    [
        ([], "", ""),
        ("x", "", "invalid_type"),
        ({"nobody": DYNAMIC[HERO]}, "/nobody", "unknown_component"),
        ({HERO: {}}, "/hero", "invalid_type"),
        ({HERO: {"variants": {}}}, "/hero/variants", "variant_count"),
        ({HERO: {"variants": {str(n): {} for n in range(11)}}}, "/hero/variants", "variant_count"),
        ({HERO: {"variants": {"default": {}}}}, "/hero/variants/default", "invalid_key"),
        ({HERO: {"variants": {"A b": {}}}}, "/hero/variants/A b", "invalid_key"),
        ({HERO: {"variants": {"a": []}}}, "/hero/variants/a", "invalid_type"),
        ({HERO: {"variants": {"a": {"id": "x"}}}}, "/hero/variants/a", "invalid_type"),
        ({HERO: {"variants": {"a": {"nope": 1}}}}, "/hero/variants/a/nope", "extra_forbidden"),
        ({HERO: {"variants": {"a": {"title": 5}}}}, "/hero/variants/a/title", "string_type"),
        ({HERO: {"variants": {"a": {}}, "x": 1}}, "/hero", "invalid_type"),
        ({f"c{n}": {} for n in range(11)}, "", "too_many_blocks"),
    ],
)
def test_what_a_block_cannot_be_is_told_with_its_place(dynamic, pointer, code):
    found = [(each.pointer, each.code) for each in validate_layout(a_layout(dynamic))]
    assert found == ([(f"/root/props/dynamic{pointer}", code)] if code else [])


def test_a_form_asks_everyone_for_the_same():
    from builder.sections import registry

    example = registry()["NewsletterSignup"].example(language="en")
    fields = {"variants": {"a": {"title": "Another title"}}}
    layout = a_layout({"news": fields}, ("NewsletterSignup", "news", example))
    assert validate_layout(layout) == []
    contact = registry()["ContactForm"].example(language="en")
    fewer = {"variants": {"a": {"fields": contact["fields"][:1]}}}
    layout = a_layout({"form": fewer}, ("ContactForm", "form", contact))
    assert [(each.pointer, each.code) for each in validate_layout(layout)] == [
        ("/root/props/dynamic/form/variants/a", "other_fields")
    ]


@pytest.mark.django_db
def test_every_variant_is_rendered_when_the_site_is_published(home):
    release = declare(home)
    assert BLOCKS + "/" in release.manifest
    assert BLOCKS + "/practice" not in release.manifest
    from builder.releases import contents

    files = contents(release=release)
    page = BlockedPage.read(files[f"{BLOCKS}/"])
    (block,) = page.blocks
    assert list(block.variants) == ["default", "evening", "member"]
    assert page.html({}).encode() == files["/"]
    evening = page.html({block.id: "evening"})
    assert "Good evening" in evening
    assert "Your house waits." not in evening
    assert evening.count("<h1") == 1
    assert "\x00" not in evening


@pytest.mark.django_db(transaction=True)
def test_a_decided_block_stands_in_a_page_that_is_else_the_same(home):
    declare(home)
    default, evening = visit(f"{HOST}/"), visit(f"{HOST}/?utm_campaign=evening")
    assert "Good evening" in evening.text
    assert "Good evening" not in default.text
    (seen, blocks), *_ = SEEN
    assert (seen.path, seen.language, seen.visitor_id) == ("/", "en", None)
    assert blocks[0].variants == ("default", "evening", "member")
    assert blocks[0].type == "Hero"

    start, end = default.text.index("<h1"), default.text.index("</h1>")
    assert evening.text.startswith(default.text[:start])
    assert evening.text.endswith(default.text[end:][-10_000:])
    assert len(default.text) != len(evening.text)


@pytest.mark.django_db(transaction=True)
def test_it_is_one_visitors_answer(home):
    declare(home)
    page = visit(f"{HOST}/?utm_campaign=evening", accept_encoding="identity")
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.headers["vary"] == "accept-encoding, cookie"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    tag = page.headers["etag"]
    same = visit(f"{HOST}/?utm_campaign=evening", accept_encoding="identity", if_none_match=tag)
    assert (same.status_code, same.content) == (304, b"")
    other = visit(f"{HOST}/", accept_encoding="identity", if_none_match=tag)
    assert (other.status_code, other.headers["etag"] == tag) == (200, False)
    head = visit(f"{HOST}/?utm_campaign=evening", method="HEAD", accept_encoding="identity")
    assert (head.headers["etag"], head.content) == (tag, b"")
    told = page.text.replace('<script type="application/ld+json">', "")
    assert "<script" not in told.replace('<script defer src="./assets/tracker', "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_it_comes_compressed_too(home, coding, unpack):
    declare(home)
    url = f"{HOST}/?utm_campaign=evening"
    plain = visit(url, accept_encoding="identity")

    async def raw():
        async with serving() as client:
            request = client.build_request("GET", url, headers={"accept-encoding": coding})
            answer = await client.send(request, stream=True)
            return answer.headers, b"".join([part async for part in answer.aiter_raw()])

    headers, body = asyncio.run(raw())
    assert headers["content-encoding"] == coding
    assert unpack(body) == plain.content
    assert len(body) < len(plain.content) / 2


@pytest.mark.django_db(transaction=True)
def test_other_pages_are_for_everyone_as_before(home):
    declare(home)
    page = visit(f"{HOST}/practice?utm_campaign=evening")
    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert SEEN == []


@pytest.mark.django_db(transaction=True)
def test_parts_are_nobodys_to_ask_for(home):
    declare(home)
    assert visit(f"{HOST}{BLOCKS}/").status_code == 404
    assert visit(f"http://localhost/s/dune-house{BLOCKS}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_without_deciders_a_page_with_blocks_is_a_page(home, settings):
    settings.BUILDER_PAGE_DECIDERS = []
    release = declare(home)
    page = visit(f"{HOST}/", accept_encoding="identity")
    assert page.headers["etag"] == f'"{release.manifest["/"]["sha256"]}"'
    assert page.headers["cache-control"].startswith("public")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["too_slow", "broken", "nonsense", "nothing"])
def test_a_decider_that_fails_costs_the_visitor_nothing(home, settings, name):
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.{name}"]
    declare(home)
    settings_of_page = visit(f"{HOST}/")
    assert settings_of_page.status_code == 200
    assert "Good evening" not in settings_of_page.text


def test_what_became_of_each_call_is_counted_and_told_now_and_then(caplog):
    a_visit = Visit(
        workspace_id=None, project_id=None, path="/", language="en", query="", referrer="",
        user_agent="", accept_language="", visitor_id=None,
    )  # fmt: skip
    page = BlockedPage.read(
        b'{"parts":["",""],"blocks":[{"id":"hero","type":"Hero","variants":{"default":"a"}}]}'
    )

    async def scenario(*named, times):
        deciders = Deciders(named)
        began = time.perf_counter()
        for _ in range(times):
            assert await deciders.decide(a_visit, page.blocks) == {}
        return deciders.counts, time.perf_counter() - began

    counts, took = asyncio.run(scenario(too_slow, times=3))
    assert counts == {(f"{HERE}.too_slow", "late"): 3}
    assert took < 3 * deciding.BUDGET_SECONDS + 0.3
    counts, _took = asyncio.run(scenario(broken, too_slow, times=5))
    assert counts[f"{HERE}.broken", "failed"] == 5
    logged = caplog.text
    assert logged.count("page_decider.left_out") == 3  # one line each of three, not of eleven
    assert "LookupError" in logged
    assert "no such thing" not in logged


@pytest.mark.django_db(transaction=True)
def test_the_first_decider_that_knows_decides(home, settings):
    settings.BUILDER_PAGE_DECIDERS = [
        f"{HERE}.{name}" for name in ("broken", "nonsense", "by_campaign", "by_visitor")
    ]
    declare(home)
    assert "Good evening" in visit(f"{HOST}/?utm_campaign=evening").text
    # What nobody before has decided is asked of the last.
    SEEN.clear()
    visit(f"{HOST}/?utm_campaign=nobody")
    assert len(SEEN) == 2


def browse(*requests):
    """One browser's answers to requests, each a dict of headers."""

    async def scenario():
        async with serving() as client:
            return [await client.get(f"{HOST}/", headers=headers) for headers in requests]

    return asyncio.run(scenario())


@pytest.mark.django_db(transaction=True)
def test_a_visitor_has_an_id_where_a_decider_needs_one(home, settings):
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_visitor"]
    declare(home)
    first, second = browse({}, {})
    cookie = first.headers["set-cookie"]
    assert re.fullmatch(r"hh_id=[0-9a-f-]{36}; Max-Age=15552000; Path=/; SameSite=Lax", cookie)
    assert "set-cookie" not in second.headers
    assert SEEN[0][0].visitor_id == SEEN[1][0].visitor_id
    assert first.headers["etag"] == second.headers["etag"]
    choices = {browse({})[0].headers["etag"] for _ in range(12)}
    assert len(choices) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("value", ["x", "0" * 36, "<script>", "a" * 5000, "'; drop table"])
def test_an_id_that_is_none_is_replaced(home, settings, value):
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_visitor"]
    declare(home)
    (answer,) = browse({"cookie": f"hh_id={value}"})
    assert re.match(r"hh_id=[0-9a-f]{8}-", answer.headers["set-cookie"])
    assert SEEN[-1][0].visitor_id != value


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("header", ["sec-gpc", "dnt"])
def test_who_wants_not_to_be_followed_is_not(home, settings, header):
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_visitor"]
    declare(home)
    known = {"cookie": "hh_id=0199c2d4-5b7e-7000-8000-000000000001"}
    (answer,) = browse({header: "1", **known})
    assert "set-cookie" not in answer.headers
    assert SEEN[-1][0].visitor_id is None


@pytest.mark.django_db(transaction=True)
def test_a_site_may_ask_for_consent_first(home, settings):
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_visitor"]
    project = home.sitemap.project
    project.settings = {"consent": "required"}
    project.save()
    declare(home)
    before, after = browse({}, {"cookie": "hh_consent=granted"})
    assert "set-cookie" not in before.headers
    assert "set-cookie" in after.headers
    assert [each.visitor_id is None for each, _blocks in SEEN] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_behind_a_password_blocks_are_decided_too(home):
    declare(home)
    site_passwords.set_password(project=home.sitemap.project, password="before the opening")

    async def scenario():
        async with serving() as client:
            url = f"{HOST}/?utm_campaign=evening"
            refused = await client.get(url)
            form = {"password": "before the opening"}
            await client.post(f"{HOST}/_hh/password", data=form)
            return refused, await client.get(url)

    refused, page = asyncio.run(scenario())
    assert (refused.status_code, "Good evening" in refused.text) == (401, False)
    assert "Good evening" in page.text
    assert page.headers["x-robots-tag"] == "noindex"


@pytest.mark.django_db(transaction=True)
def test_below_a_path_it_is_the_same_page(home):
    declare(home)
    root = httpx.URL("http://localhost/s/dune-house/?utm_campaign=evening")
    assert visit(root).content == visit(f"{HOST}/?utm_campaign=evening").content
