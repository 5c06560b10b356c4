"""Documents as files over the API."""

import pytest

from builder.models import ComponentIntelligence, Sitemap, StyleGuide, Wireframe
from tests.builder.factories import CollaboratorFactory, ProjectFactory, built_in
from tests.builder.test_api import client_of
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
API = "/api/v1"
ROUTES = [
    (Sitemap, "sitemaps", "json"),
    (Wireframe, "wireframes", "puck"),
    (Wireframe, "wireframes", "grapesjs"),
    (StyleGuide, "style-guides", "dtcg"),
]


def of(project, model):
    (path,) = [
        name
        for name, kind in (
            ("project", Sitemap),
            ("sitemap__project", Wireframe),
            ("wireframe__sitemap__project", StyleGuide),
        )
        if kind is model
    ]
    return model.objects.filter(**{path: project}).order_by("id")[0]


@pytest.mark.parametrize("route", ROUTES, ids=[name for _model, _path, name in ROUTES])
def test_a_document_goes_from_one_project_to_another(api, workspace, user, route):
    model, path, name = route
    theirs = of(ProjectFactory(workspace=workspace, owner=user), model)
    mine = of(ProjectFactory(workspace=workspace, owner=user, template=built_in("suhail")), model)
    file = api.get(f"{API}/{path}/{theirs.pk}/export/", {"as": name})
    assert file.status_code == 200
    assert file.headers["content-disposition"].startswith(f'attachment; filename="{theirs.pk}.')
    answer = api.post(f"{API}/{path}/{mine.pk}/import/?as={name}", file.json())
    assert answer.status_code == 200, answer.content
    again = api.get(f"{API}/{path}/{mine.pk}/export/", {"as": name}).json()
    if name == "grapesjs":
        # Whose page it is stays as it was.
        again["pages"][0] |= {key: file.json()["pages"][0][key] for key in ("id", "name")}
    assert again == file.json()


def test_the_first_format_is_meant_where_none_is_named(api, project):
    home = of(project, Wireframe)
    assert api.get(f"{API}/wireframes/{home.pk}/export/").json() == home.layout


def test_an_unknown_format_is_named_with_those_that_are(api, project):
    home = of(project, Wireframe)
    for answer in (
        api.get(f"{API}/wireframes/{home.pk}/export/", {"as": "dtcg"}),
        api.post(f"{API}/wireframes/{home.pk}/import/?as=html", {}),
    ):
        assert answer.status_code == 400
        (error,) = answer.json()["errors"]
        assert (error["parameter"], error["code"]) == ("as", "invalid_choice")
        assert "puck, grapesjs" in error["detail"]


def test_an_imported_page_has_its_components_known(api, project):
    contact = Wireframe.objects.get(sitemap__project=project, page_key="contact")
    home = of(project, Wireframe)
    api.post(f"{API}/wireframes/{home.pk}/import/", contact.layout)
    found = ComponentIntelligence.objects.present().filter(wireframe=home)
    assert "contact_form" in {one.component_type for one in found}


def test_a_collaborator_from_elsewhere_imports_as_they_edit(project):
    guest = MembershipFactory(role="owner")
    home = of(project, Wireframe)
    address = f"{API}/wireframes/{home.pk}/import/"
    assert client_of(guest).post(address, home.layout).status_code == 404
    asked = CollaboratorFactory(project=project, user=guest.user)
    assert client_of(guest).post(address, home.layout).status_code == 403
    asked.role = "editor"
    asked.save()
    assert client_of(guest).post(address, home.layout).status_code == 200
