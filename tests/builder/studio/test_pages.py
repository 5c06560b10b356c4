"""The tree of pages: what an editor does to it, and what is taken back."""

import pytest

from builder import locales, publishing
from builder.models import StyleGuide, Wireframe
from tests.builder.studio.documents import address, page_of, pointers, post

pytestmark = pytest.mark.django_db


def do(client, project, **body):
    return post(client, address("pages", project), body)


def keys(answer):
    return [page["key"] for page in answer.json()["pages"]]


def test_a_page_is_added_with_the_sites_navigation_and_footer(editor, project):
    answer = do(editor, project, do="add", title="Our houses")
    assert answer.status_code == 200
    assert answer.json()["key"] == keys(answer)[-1] == "our-houses"
    page = page_of(project, "our-houses")
    types = [each["type"] for each in page.layout["content"]]
    assert types == ["Navigation", "Hero", "Footer"]
    assert page.layout["content"][1]["props"]["title"] == "Our houses"
    again = do(editor, project, do="add", title="Our houses")
    assert again.json()["key"] == "our-houses-2"
    project.refresh_from_db()
    publishing.publish(project=project, user=editor.user)


def test_a_page_without_latin_letters_has_an_address_too(editor, project):
    assert do(editor, project, do="add", title="بيوتنا").json()["key"] == "page"


def test_a_page_is_renamed_and_moved(editor, project):
    answer = do(
        editor, project, do="change", key="contact", title="Reach us", path="/reach/us",
        description="Where we are",
    )  # fmt: skip
    assert answer.status_code == 200
    told = next(page for page in answer.json()["pages"] if page["key"] == "contact")
    assert (told["title"], told["path"]) == ("Reach us", "/reach/us")
    page = page_of(project, "contact")
    assert (page.title, page.description) == ("Reach us", "Where we are")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"path": "/"}, "/path"),
        ({"path": "/../etc"}, "/path"),
        ({"path": "contact"}, "/path"),
        ({"path": "/_hh/x"}, "/path"),
        ({"path": 7}, "/path"),
        ({"title": ""}, "/title"),
        ({"title": ["x"]}, "/title"),
        ({"description": "x" * 501}, "/description"),
    ],
)
def test_what_is_wrong_with_a_page_is_said_at_its_field(editor, project, changes, pointer):
    before = project.current_sitemap.pages
    answer = do(editor, project, do="change", key="contact", **changes)
    assert answer.status_code == 422
    assert pointers(answer) == [pointer]
    project.current_sitemap.refresh_from_db()
    assert project.current_sitemap.pages == before


def test_pages_are_put_in_order(editor, project):
    first = keys(editor.get(address("pages", project)))
    wanted = [first[0], *reversed(first[1:])]
    assert keys(do(editor, project, do="arrange", keys=wanted)) == wanted
    # Unknown keys are passed over, missing ones follow.
    assert keys(do(editor, project, do="arrange", keys=["nothing", 7, None])) == wanted


def test_a_page_is_deleted_and_comes_back_with_its_history(editor, project):
    page = page_of(project, "contact")
    assert "contact" not in keys(do(editor, project, do="remove", key="contact"))
    assert not Wireframe.objects.filter(pk=page.pk).exists()
    answer = do(editor, project, do="bring back", key="contact")
    assert answer.status_code == 200
    assert "contact" in keys(answer)
    back = page_of(project, "contact")
    assert (back.pk, back.layout) == (page.pk, page.layout)
    assert back.version > page.version


def test_a_page_that_was_just_made_comes_back_too(editor, project):
    key = do(editor, project, do="add", title="Short").json()["key"]
    do(editor, project, do="remove", key=key)
    assert key in keys(do(editor, project, do="bring back", key=key))


def test_the_home_page_stays(editor, project):
    answer = do(editor, project, do="remove", key="home")
    assert answer.status_code == 422
    assert StyleGuide.objects.filter(wireframe=page_of(project)).exists()


def test_a_language_is_added_with_titles_for_every_page(editor, project):
    project.settings = {}
    project.save()
    assert do(editor, project, do="add language", language="ar").status_code == 200
    project.refresh_from_db()
    assert [each.language for each in locales.locales_of(project)] == ["en", "ar"]
    publishing.publish(project=project, user=editor.user)
    changed = do(editor, project, do="change", key="home", language="ar", title="بيت")
    told = changed.json()["pages"][0]
    assert told["words"]["ar"]["title"] == "بيت"
    assert told["title"] != "بيت"
    assert do(editor, project, do="add language", language="en").status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"do": "explode"},
        {"do": "change", "key": "nothing", "title": "x"},
        {"do": "change", "key": 7},
        {"do": "remove", "key": "../home"},
        {"do": "arrange", "keys": "home"},
        {"do": "bring back", "key": "never"},
        {"do": "add language", "language": "xx"},
    ],
)
def test_what_cannot_be_done_is_refused(editor, project, body):
    assert post(editor, address("pages", project), body).status_code == 422


def test_the_editor_asks_a_constant_number_of_queries(
    editor, project, django_assert_max_num_queries
):
    for number in range(5):
        do(editor, project, do="add", title=f"Page {number}")
    with django_assert_max_num_queries(22):
        editor.get(address("editor", project))
