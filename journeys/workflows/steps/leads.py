from typing import Annotated, Any, Final, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from pydantic import Field

from journeys.leads.models import Lead
from journeys.workflows.models import Workflow, WorkflowExecution
from journeys.workflows.placeholders import Text, Values, fill
from journeys.workflows.step import Outcome, Run, Step

LeadField = Literal["email", "phone", "name", "company", "job_title"]

MAX_LENGTHS: Final[dict[LeadField, int]] = {
    "email": 254,
    "phone": 50,
    "name": 255,
    "company": 255,
    "job_title": 100,
}

# What forms call these things, in the order in which they are looked for.
FORM_NAMES: Final[dict[LeadField, tuple[str, ...]]] = {
    "email": ("email",),
    "phone": ("phone", "tel", "mobile"),
    "name": ("name", "full_name"),
    "company": ("company", "organization", "organisation"),
    "job_title": ("job_title", "position"),
}


class CreateOrUpdateLead(Step):
    """Make the contact a lead of the site, or bring the lead that it is up to date.

    `fields` says where a lead's field comes from, for forms whose names are out of the ordinary:
    `{"company": "{{ form.firm }}"}`.
    """

    kind: Literal["create_or_update_lead"] = "create_or_update_lead"
    source: Annotated[str, Field(max_length=100)] = "form"
    fields: dict[LeadField, Annotated[Text, Field(max_length=500)]] = Field(default_factory=dict)

    def run(self, run: Run) -> Outcome:
        found = self._found(run.values)
        execution = run.execution
        if execution.contact is None and not found:
            return Outcome(skipped="The form holds nothing to know a person by.")
        lead, created = _locked_lead(execution, source=self.source)
        for name, value in found.items():
            setattr(lead, name, value)
        lead.properties = {**lead.properties, **_others(execution.form)}
        lead.save()
        Workflow.objects.filter(pk=execution.workflow_id).update(
            crm_contacts_created=F("crm_contacts_created") + int(created),
            crm_activities_generated=F("crm_activities_generated") + 1,
        )
        return Outcome(detail={"lead": str(lead.id), "created": created})

    def _found(self, values: Values) -> dict[str, str]:
        """What is known of the person, by the lead's fields; nothing empty, nothing too long."""
        found: dict[str, str] = {}
        for name, candidates in FORM_NAMES.items():
            if name in self.fields:
                value = fill(self.fields[name], values)
            else:
                value = _first(values["form"], candidates) or values["contact"].get(name, "")
            value = " ".join(value.split())[: MAX_LENGTHS[name]]
            if name == "email":
                value = _address(value)
            if value:
                found[name] = value
        return found


def _locked_lead(execution: WorkflowExecution, *, source: str) -> tuple[Lead, bool]:
    """The contact's lead of this site, held until the transaction ends; the second: newly made."""
    if execution.contact_id is None:
        return Lead(
            workspace_id=execution.workspace_id, project_id=execution.project_id, source=source
        ), True
    return Lead.objects.select_for_update().get_or_create(
        workspace_id=execution.workspace_id,
        project=execution.project,
        contact=execution.contact,
        defaults={"source": source},
    )


def _first(form: Any, names: tuple[str, ...]) -> str:
    return next((form[name] for name in names if form.get(name)), "")


def _address(text: str) -> str:
    """The e-mail address in lower case, or nothing where it is none."""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text.lower()


def _others(form: dict[str, Any]) -> dict[str, Any]:
    """The form's fields that are no field of a lead, without the page's own."""
    known = {name for names in FORM_NAMES.values() for name in names}
    return {
        name: value
        for name, value in form.items()
        if name not in known and not name.startswith("_")
    }
