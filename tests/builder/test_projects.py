import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from builder import library, projects
from builder.models import ComponentIntelligence, Project, SiteAddress, Template, Wireframe
from builder.template_library import load
from tests.builder.factories import ProjectFactory, built_in
from tests.factories import UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db


def test_the_library_is_loaded_once(capsys):
    assert library.load_templates() == (len(load()), 0)
    assert library.load_templates() == (0, 0)
    call_command("load_templates")
    assert "0 made, 0 changed" in capsys.readouterr().out


def test_a_changed_template_is_brought_up_to_date():
    template = built_in()
    Template.objects.update(description="old")
    assert library.load_templates() == (0, len(load()))
    template.refresh_from_db()
    assert template.description != "old"


def test_a_project_has_all_that_its_template_has(project):
    document = project.template.document
    sitemap = project.current_sitemap
    assert list(project.sitemaps.all()) == [sitemap]
    assert {key: page["path"] for key, page in sitemap.pages.items()} == {
        page["key"]: page["path"] for page in document["pages"]
    }
    layouts = {item.page_key: item.layout for item in sitemap.wireframes.all()}
    assert {key: each["content"] for key, each in layouts.items()} == {
        page["key"]: page["layout"]["content"] for page in document["pages"]
    }
    (style,) = sitemap.wireframes.get(page_key="home").style_guides.all()
    assert style.colors == document["tokens"]["color"]
    assert style.breakpoints == document["tokens"].get("breakpoint", {})
    assert project.language == project.template.language


def test_the_components_of_a_page_are_those_of_its_layout(project):
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="contact")
    assert wireframe.components == [item["props"]["id"] for item in wireframe.layout["content"]]


def test_components_that_can_start_a_workflow_are_known_at_once(project):
    form = ComponentIntelligence.objects.get(project=project, component_id="contact-form")
    assert form.component_type == "contact_form"
    assert form.analysis_status == "pending"
    assert form.wireframe.page_key == "contact"


def test_names_that_are_alike_get_addresses_that_are_not(workspace, user):
    first = ProjectFactory(workspace=workspace, owner=user, name="Café Nord")
    second = ProjectFactory(workspace=workspace, owner=user, name="Café Nord")
    third = ProjectFactory(name="Café Nord")
    labels = [projects.primary_label(project=each) for each in (first, second, third)]
    assert labels[0] == first.slug == "cafe-nord"
    assert len(set(labels)) == 3
    assert third.slug == "cafe-nord"  # its slug is its workspace's own affair
    assert all(label.startswith("cafe-nord") for label in labels)


@pytest.mark.parametrize(
    ("name", "beginning"), [("API", "api-"), ("مقهى", "marram"), ("!", "marram")]
)
def test_every_name_leads_to_an_address(name, beginning):
    label = projects.primary_label(project=ProjectFactory(name=name))
    assert label.startswith(beginning)


def test_the_addresses_of_a_site(project, settings):
    settings.PUBLIC_SITES_URL, settings.SITES_DOMAIN = "http://localhost:8123", "sites.example"
    assert projects.site_url(project=project) == "http://dune-house.sites.example:8123"
    assert projects.path_url(project=project) == "http://localhost:8123/s/dune-house/"


def test_a_project_is_deleted_with_all_that_is_its_own(project):
    from builder import publishing

    publishing.publish(project=project, user=project.owner)
    project.delete()
    for model in (Project, SiteAddress, Wireframe, ComponentIntelligence):
        assert not model.objects.exists()


def test_a_workspace_is_deleted_with_its_live_sites(project):
    from builder import publishing

    publishing.publish(project=project, user=project.owner)
    project.workspace.delete()
    assert not Project.objects.exists()


def test_a_label_belongs_to_one_site_only(project):
    other = ProjectFactory(workspace=WorkspaceFactory(), owner=UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteAddress.objects.create(workspace=other.workspace, project=other, label="dune-house")


@pytest.mark.parametrize("label", ["-a", "a.b", "Ä", "UPPER", "a" * 64, ""])
def test_a_label_is_a_host_label(project, label):
    with pytest.raises(Exception, match=r"siteaddress_label|too long"), transaction.atomic():
        SiteAddress.objects.create(workspace=project.workspace, project=project, label=label)


def test_the_current_sitemap_is_one_of_the_project_itself(project):
    other = ProjectFactory(workspace=project.workspace, owner=project.owner)
    with pytest.raises(IntegrityError, match="current_sitemap_own"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(current_sitemap=other.current_sitemap)
