"""A rule of the database that a request breaks is told as a sentence, with its fields."""

import pytest
from django.db import IntegrityError, models, transaction

from accounts.api.constraints import CHECK, FOREIGN_KEY, UNIQUE, Broken, broken_rule
from journeys.models import Lead
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db


def test_what_another_record_has_is_a_conflict_that_names_the_fields(api, workspace):
    contact = api.post("/api/v1/contacts/", {"email": "layan@example.com"}).json()["id"]
    body = {"project": str(ProjectFactory(workspace=workspace).pk), "contact": contact}
    assert api.post("/api/v1/leads/", body).status_code == 201
    answer = api.post("/api/v1/leads/", body)
    assert answer.status_code == 409
    told = answer.json()
    assert told["detail"] == "Another record (lead) has this already: project, contact."
    assert [error["pointer"] for error in told["errors"]] == ["/project", "/contact"]
    assert {error["code"] for error in told["errors"]} == {"unique"}


def broken(save):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        save()
    found = broken_rule(caught.value)
    assert found is not None
    return found


def test_a_range_is_told_with_its_bounds(workspace):
    rule = broken(lambda: Lead.objects.create(workspace=workspace, score=2))
    assert (rule.state, rule.fields) == (CHECK, ("score",))
    assert rule.detail == "Score is from 0 to 1."
    assert rule.faults[0].code == rule.name == "journeys_lead_score"


def test_choices_are_told(workspace):
    rule = broken(lambda: Lead.objects.create(workspace=workspace, status="lukewarm"))
    assert rule.detail.startswith("Status is one of: new, contacted")


def test_a_unique_column_is_found_by_the_name_of_its_rule(workspace):
    other = type(workspace)(name="Other", slug=workspace.slug)
    assert broken(other.save).fields == ("slug",)


def test_a_key_that_leads_nowhere(workspace):
    stranger = ProjectFactory()
    rule = broken(lambda: Lead.objects.create(workspace=workspace, project=stranger))
    assert (rule.state, rule.fields) == (FOREIGN_KEY, ("project",))


def test_a_rule_without_fields_points_at_the_record():
    rule = Broken(name="x", state=UNIQUE, fields=(), detail="There is one already.")
    assert [fault.pointer for fault in rule.faults] == [""]


def test_an_error_that_is_no_rule():
    assert broken_rule(IntegrityError("of another kind")) is None
    assert broken_rule(models.ProtectedError("held", set())) is None
