import pytest

from builder import components, documents
from builder.models import ComponentIntelligence, Wireframe

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(project):
    return Wireframe.objects.get(sitemap=project.current_sitemap, page_key="contact")


def present(wireframe):
    records = ComponentIntelligence.objects.present().filter(wireframe=wireframe)
    return {record.component_id: record.component_type for record in records}


def form(wireframe):
    return next(c for c in wireframe.layout["content"] if c["type"] == "ContactForm")


def test_only_sections_that_can_start_something_are_known(contact):
    assert present(contact) == {
        "navigation": "navigation_element",
        "contact-form": "contact_form",
        "footer": "navigation_element",
    }


def test_saving_twice_changes_nothing(contact):
    before = set(ComponentIntelligence.objects.values_list("id", flat=True))
    documents.save_wireframe(wireframe=contact)
    assert set(ComponentIntelligence.objects.values_list("id", flat=True)) == before


def test_what_leaves_the_page_is_kept_and_comes_back_with_its_history(contact):
    record = ComponentIntelligence.objects.get(wireframe=contact, component_id="contact-form")
    removed = form(contact)
    contact.layout["content"].remove(removed)
    documents.save_wireframe(wireframe=contact)
    assert "contact-form" not in present(contact)
    record.refresh_from_db()
    assert record.removed_at is not None
    contact.layout["content"].append(removed)
    documents.save_wireframe(wireframe=contact)
    record.refresh_from_db()
    assert record.removed_at is None
    assert components.of_project(project_id=record.project_id, component_id="contact-form") == [
        record
    ]


def test_changed_props_are_known(contact):
    form(contact)["props"]["title"] = "Write to us"
    documents.save_wireframe(wireframe=contact)
    record = ComponentIntelligence.objects.get(wireframe=contact, component_id="contact-form")
    assert record.component_props["title"] == "Write to us"


@pytest.mark.parametrize("layout", [{}, {"content": None}, {"content": [None, {"type": "Hero"}]}])
def test_a_layout_with_faults_is_read_as_far_as_it_goes(contact, layout):
    contact.layout = layout
    assert components.register(wireframe=contact) == []
    assert present(contact) == {}
