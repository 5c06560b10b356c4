"""The editor's panels in a browser: the design, and the form of a section."""

import time
from io import BytesIO

import pytest

from builder.images import library
from builder.studio.drawing import style_guide_of
from tests.builder import pictures
from tests.builder.factories import ProjectFactory, built_in
from tests.builder.studio.documents import page_of
from tests.builder.studio.walk import HERO, Visitor, browser, signed_in
from tests.factories import MembershipFactory

pytestmark = pytest.mark.long

RED = "#aa1122"


@pytest.fixture(autouse=True)
def _rows_beside_a_loop(monkeypatch):
    """Playwright runs an event loop in this thread, beside which Django would read no rows."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def project(transactional_db):
    built_in()
    membership = MembershipFactory(role="editor")
    return ProjectFactory(workspace=membership.workspace, owner=membership.user, name="Dune House")


@pytest.fixture
def visitor(live_server, project):
    with browser() as chromium:
        visitor = Visitor(chromium, live_server.url)
        visitor.enter(signed_in(project.owner))
        visitor.open(project)
        yield visitor
        assert visitor.problems == []


def paint(visitor, colour):
    """Choose the accent, as the browser's own dialog of colours would."""
    visitor.page.locator("#tab-design").click()
    field = visitor.page.locator("#colour-accent")
    field.evaluate(
        "(field, colour) => { field.value = colour; field.dispatchEvent(new Event('input')) }",
        colour,
    )


def accent_of(project):
    """The accent that is saved, as hex; None where the site has the default."""
    guide = style_guide_of(project)
    value = guide.colors.get("accent", {}).get("$value")
    return value["hex"] if isinstance(value, dict) else value


def title_of(project):
    content = page_of(project).layout["content"]
    return next(each["props"]["title"] for each in content if each["type"] == "Hero")


def saved(visitor, project, accent, title):
    """Wait until the server has a colour and a title."""
    wanted = (accent, title)
    until = time.monotonic() + 30
    while (accent_of(project), title_of(project)) != wanted and time.monotonic() < until:
        visitor.page.wait_for_timeout(200)
    assert (accent_of(project), title_of(project)) == wanted


def test_publishing_waits_for_the_design(visitor, project):
    paint(visitor, RED)
    done = []
    visitor.page.on("request", lambda each: done.append((each.method, each.url.split("/")[-2])))
    visitor.page.on("requestfinished", lambda each: done.append(("done", each.url.split("/")[-2])))
    visitor.page.locator("#publish").click()
    visitor.page.locator("#publish-body button.button--main").wait_for(timeout=60_000)
    assert done.index(("done", "style")) < done.index(("GET", "publish"))
    assert accent_of(project) == RED


def test_nothing_is_published_while_the_design_cannot_be_saved(visitor, project):
    visitor.page.locator("#tab-design").click()
    visitor.page.locator("#colour-accent").wait_for()
    visitor.page.route("**/style/", lambda route: route.abort())
    paint(visitor, RED)
    visitor.page.locator("#publish").click()
    visitor.page.get_by_text("nothing can be published now").wait_for(timeout=60_000)
    assert not visitor.page.locator("#publish-dialog").is_visible()
    visitor.page.unroute("**/style/")
    visitor.page.locator("#publish").click()
    visitor.page.locator("#publish-body button.button--main").wait_for(timeout=60_000)
    assert accent_of(project) == RED


def test_design_and_page_are_undone_as_one_history(visitor, project):
    before = accent_of(project)
    heading = title_of(project)
    paint(visitor, RED)
    visitor.write_title("Painted red")
    visitor.page.locator("#tab-design").click()
    visitor.page.locator("#panel-design .look").first.click()
    undo, redo = visitor.page.locator("#undo"), visitor.page.locator("#redo")
    accent = visitor.page.locator("#colour-accent")
    undo.click()
    assert accent.input_value() == RED
    saved(visitor, project, RED, "Painted red")
    undo.click()
    saved(visitor, project, RED, heading)
    # The window is read anew, and goes on from there.
    visitor.page.reload()
    visitor.ready()
    undo.click()
    saved(visitor, project, before, heading)
    assert undo.is_disabled()
    redo.click()
    redo.click()
    saved(visitor, project, RED, "Painted red")
    # What is done now takes the place of what was undone.
    paint(visitor, "#00aa44")
    assert redo.is_disabled()


def test_a_form_asks_for_what_its_variant_shows_and_fits_a_glance(visitor, project):
    visitor.frame.locator(HERO).click()
    panel = visitor.page.locator("#panel-form")
    variant = panel.locator("#field-variant")
    variant.select_option("plain")
    panel.locator("#field-title").wait_for()
    assert panel.locator("#field-submit").count() == 0
    assert not panel.locator("#field-tone").is_visible()
    visitor.picture("form")
    assert panel.evaluate("panel => panel.scrollHeight <= panel.clientHeight")
    variant.focus()
    variant.select_option("form")
    assert variant.evaluate("field => field === document.activeElement")
    submit = panel.locator("#field-submit")
    assert not submit.is_visible()
    panel.get_by_text("Form", exact=True).and_(panel.locator("summary")).click()
    submit.fill("Join us")
    visitor.frame.get_by_role("button", name="Join us").wait_for()
    visitor.saved()
    # Said with another variant, it is kept until it is shown again.
    variant.select_option("plain")
    visitor.frame.get_by_role("button", name="Join us").wait_for(state="hidden")
    variant.select_option("form")
    visitor.frame.get_by_role("button", name="Join us").wait_for()


def test_pages_are_dragged_and_home_stays_first(visitor, project):
    def order():
        return visitor.page.locator("#pages li").evaluate_all(
            "all => all.map((one) => one.dataset.key)"
        )

    home, first, *rest = order()
    rows, mouse = visitor.page.locator("#pages li"), visitor.page.mouse
    assert rows.nth(0).locator(".row__grip").count() == 0
    with visitor.page.expect_response("**/pages/") as arranged:
        drag(rows.nth(1).locator(".row__grip"), rows.last, mouse)
    assert arranged.value.ok
    assert order() == [home, *rest, first]
    # Above home there is no place: it comes to stand right below.
    with visitor.page.expect_response("**/pages/"):
        drag(rows.last.locator(".row__grip"), visitor.page.locator("header.bar"), mouse)
    assert order() == [home, first, *rest]
    visitor.page.reload()
    visitor.ready()
    assert order() == [home, first, *rest]


def drag(grip, onto, mouse):
    """Take something by its grip, and let it go near the end of something else."""
    grip.hover()
    mouse.down()
    box = onto.bounding_box()
    for share in (0.5, 0.9):
        mouse.move(box["x"] + 9, box["y"] + box["height"] * share)
    mouse.up()


def test_a_picture_is_told_of_where_it_is_chosen(visitor, project):
    (row, _is_new) = library.upload(
        workspace_id=project.workspace_id,
        file=BytesIO(pictures.as_file(pictures.photo(300, 200), "PNG")),
        filename="house.png",
        project=project,
    )
    visitor.frame.locator(HERO).click()
    visitor.page.locator("#field-picture button").first.click()
    dialog = visitor.page.locator("#pictures-dialog")
    dialog.locator(".tiled .button").click()
    dialog.locator(".focal img").evaluate("image => image.decode()")
    box = dialog.locator(".focal").bounding_box()
    dialog.locator(".focal").click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    across = dialog.locator("#focal-across")
    assert across.input_value() == "25"
    across.press("ArrowRight")
    dialog.locator("#alt-en").fill("A house")
    visitor.picture("about")
    dialog.locator("#about-save").click()
    dialog.locator(".tiled .tile").click()
    visitor.saved()
    row.refresh_from_db()
    assert row.focal_x == 0.26
    assert row.focal_y == pytest.approx(0.75, abs=0.01)
    assert row.alt["en"] == "A house"
    visitor.frame.get_by_role("img", name="A house").wait_for()
