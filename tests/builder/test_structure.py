"""A whole project of one document: all of it or nothing."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.quotas import Kind, limits
from builder import publishing, structure
from builder.api.examples import STRUCTURE
from builder.models import Project, Sitemap, StyleGuide, Wireframe
from tests.builder.test_api import client_of, errors
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/structure/"
# Document 004's own words, without the person.
DOCUMENT_004 = {
    "project": {"name": "My New Website", "type": "website", "status": "draft"},
    "sitemap": {
        "title": "Main Site Structure",
        "description": "Primary navigation and pages",
        "pages": {
            "home": {"title": "Home", "path": "/"},
            "about": {"title": "About", "path": "/about"},
            "contact": {"title": "Contact", "path": "/contact"},
        },
    },
}


def made(answer):
    assert answer.status_code == 201, answer.content
    return Project.objects.get(pk=answer.json()["id"])


def test_the_example_of_document_004_is_a_project_that_can_be_published(api, member):
    project = made(api.post(ADDRESS, DOCUMENT_004))
    assert (project.owner, project.template, project.slug) == (
        member.user, None, "my-new-website",
    )  # fmt: skip
    sitemap = project.current_sitemap
    assert (sitemap.title, sitemap.pages) == (
        "Main Site Structure", DOCUMENT_004["sitemap"]["pages"],
    )  # fmt: skip
    pages = sitemap.wireframes.order_by("page_key")
    assert [page.title for page in pages] == ["About", "Contact", "Home"]
    assert StyleGuide.objects.get(wireframe=pages.last()).title == sitemap.title
    assert set(publishing.publish(project=project, user=None).manifest) >= {"/", "/contact"}


def test_layouts_and_style_are_what_was_posted(api):
    project = made(api.post(ADDRESS, STRUCTURE))
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")
    assert home.layout == STRUCTURE["wireframes"]["home"]["layout"]
    guide = StyleGuide.objects.get(wireframe=home)
    assert (guide.colors, guide.spacing) == (STRUCTURE["style_guide"]["colors"], {})
    assert [one.component_id for one in project.components.all()] == ["hero"]
    assert project.addresses.get().label == "dune-house"


def test_a_name_that_is_taken_is_given_another_slug(api):
    first, second = (made(api.post(ADDRESS, STRUCTURE)) for _each in range(2))
    assert first.name == second.name
    assert first.slug != second.slug


def test_a_project_in_arabic_has_a_slug_too(api):
    document = {**STRUCTURE, "project": {"name": "بيت الرمل", "language": "ar"}}
    project = made(api.post(ADDRESS, document))
    assert (project.slug, project.language) == ("site", "ar")


def changed(*path, value):
    document = copy.deepcopy(STRUCTURE)
    place = document
    for step in path[:-1]:
        place = place.setdefault(step, {})
    place[path[-1]] = value
    return document


ACCENT = {"$type": "color", "$value": "red"}
LINK = {"label": "Away", "href": "page:elsewhere"}


@pytest.mark.parametrize(
    ("document", "pointer", "code"),
    [
        ([], "", "model_type"),
        ({}, "/project", "missing"),
        (changed("owner", value="me"), "/owner", "extra_forbidden"),
        (changed("project", "user_id", value="me"), "/project/user_id", "extra_forbidden"),
        (changed("project", "name", value=" "), "/project/name", "string_too_short"),
        (changed("project", "type", value="casino"), "/project/type", "enum"),
        (changed("project", "status", value="active"), "/project/status", "literal_error"),
        (changed("project", "data", value=[]), "/project/data", "dict_type"),
        (changed("project", "data", value={"n": 1e300}), "/project/data/n",
         "number_out_of_range"),
        (changed("project", "settings", value={"locales": {"xx": {}}}),
         "/project/settings/locales/xx", "unknown_locale"),
        (changed("sitemap", "pages", value=[]), "/sitemap/pages", "invalid_type"),
        (changed("sitemap", "pages", "about", "path", value="/A"), "/sitemap/pages/about/path",
         "invalid_path"),
        (changed("wireframes", "zz", value={"layout": {"content": []}}), "/wireframes/zz",
         "unknown_page"),
        (changed("wireframes", "about", value={"layout": 3}), "/wireframes/about/layout",
         "invalid_type"),
        (changed("wireframes", "about", value={"layout": {"content": [
            {"type": "Hero", "props": {"id": "h", "title": "x", "actions": [LINK]}}]}}),
         "/wireframes/about/layout/content/0/props/actions/0/href", "unknown_page"),
        (changed("style_guide", "colors", "accent", value=ACCENT),
         "/style_guide/colors/accent/$value", "invalid_value"),
        (changed("style_guide", "brand", value={}), "/style_guide/brand", "extra_forbidden"),
        ({**STRUCTURE, "sitemap": {"pages": {}}, "wireframes": {}}, "/style_guide",
         "no_home_page"),
    ],
)  # fmt: skip
def test_a_fault_anywhere_makes_nothing(api, document, pointer, code):
    assert (pointer, code) in errors(api.post(ADDRESS, document), 400)
    for model in (Project, Sitemap, Wireframe, StyleGuide):
        assert not model.objects.exists()


def test_all_faults_are_told_at_once(api):
    document = changed("style_guide", "colors", "accent", value=ACCENT)
    document["wireframes"]["about"] = {"layout": 3}
    assert len(errors(api.post(ADDRESS, document), 400)) == 2


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["project", "sitemap", "wireframes", "style_guide", "pages", "layout"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values, json_values)
def test_any_json_is_judged_without_an_error(value, part):
    for document in (value, {**STRUCTURE, "wireframes": part}, {**STRUCTURE, "sitemap": part}):
        told = []
        try:
            structure.read(document)
        except structure.StructureError as error:
            told = [fault.pointer for fault in error.faults] or ["nothing"]
        assert all(pointer == "" or pointer[0] == "/" for pointer in told)


def test_the_tiers_quota_holds(api, member):
    before = limits.limit_of(member.workspace.subscription_tier, Kind.PROJECTS)
    for number in range(before):
        Project.objects.create(
            workspace=member.workspace, owner=member.user, name=f"P{number}", slug=f"p{number}"
        )
    answer = api.post(ADDRESS, STRUCTURE)
    assert answer.status_code == 429
    assert Project.objects.count() == before


def test_a_retry_with_its_key_makes_one_project(api):
    headers = {"idempotency-key": "one-structure"}
    first = api.post(ADDRESS, STRUCTURE, headers=headers)
    again = api.post(ADDRESS, STRUCTURE, headers=headers)
    assert first.status_code == again.status_code == 201
    assert again.json()["id"] == first.json()["id"]
    assert Project.objects.count() == 1


def test_who_may_not_write_makes_none(workspace):
    viewer = client_of(MembershipFactory(workspace=workspace, role="viewer"))
    assert viewer.post(ADDRESS, STRUCTURE).status_code == 403
