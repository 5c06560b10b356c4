"""What the console's forms take of JSON that nobody can keep: nothing, and they say so."""

import pytest
from django.urls import reverse

from builder.models import Project, Sitemap, StyleGuide, Wireframe
from tests.builder.test_console import fields_of
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
FIELDS = [
    (Project, "settings"),
    (Sitemap, "pages"),
    (Sitemap, "metadata"),
    (Wireframe, "layout"),
    (Wireframe, "style_guide"),
    (StyleGuide, "colors"),
]
BAD = {
    "not a number": '{"a": NaN}',
    "infinite": '{"a": 1e999}',
    "NUL": '{"a": "x\\u0000"}',
    "half a pair": '{"a": "\\ud800"}',
    "deep": "[" * 100_000 + "]" * 100_000,
    "cut": '{"a":',
}


@pytest.fixture
def console(client, workspace):
    staff = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    client.force_login(staff.user)
    return client


def record_of(project, model):
    return project if model is Project else model.objects.order_by("id")[0]


def saved(console, record, **changes):
    address = reverse(f"admin:builder_{record._meta.model_name}_change", args=[record.pk])
    return console.post(address, {**fields_of(console.get(address)), **changes})


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_json_that_cannot_be_kept_is_refused_at_its_field(console, project, model, field, text):
    record = record_of(project, model)
    before = model.objects.filter(pk=record.pk).values()[0]
    answer = saved(console, record, **{field: text})
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert model.objects.filter(pk=record.pk).values()[0] == before


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_an_emptied_field_is_an_empty_object_or_refused(console, project, model, field):
    record = record_of(project, model)
    answer = saved(console, record, **{field: ""})
    record.refresh_from_db()
    if answer.status_code == 302:
        assert getattr(record, field) == {}
    else:
        assert field in answer.context["adminform"].form.errors


def test_a_backslash_before_other_words_is_no_nul(console, project):
    assert saved(console, project, settings='{"a": "\\\\u0000"}').status_code == 302
    project.refresh_from_db()
    assert project.settings == {"a": "\\u0000"}
