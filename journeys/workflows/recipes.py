"""Workflows that stand ready: made in one call, changed at will afterwards."""

from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from builder.models import Project
from journeys.workflows import lifecycle
from journeys.workflows.models import Workflow


@transaction.atomic
def lead_capture(*, project: Project, name: str = "") -> Workflow:
    """An active workflow for a contact form: make a lead, thank the visitor, tell the owners.

    Its texts are in the site's language.
    """
    with translation.override(project.language):
        return _make(
            project=project,
            name=name or _("Contact form to lead"),
            category=Workflow.Category.LEAD_CAPTURE,
            steps=[
                {"kind": "create_or_update_lead", "source": "form"},
                {
                    "kind": "send_mail",
                    "to": "{{ contact.email }}",
                    "subject": _("Thank you for writing to {{ site.name }}"),
                    "body": _(
                        "Hello {{ form.name }},\n\n"
                        "thank you for your message. We have it, and will answer soon.\n\n"
                        "{{ site.name }}"
                    ),
                    "language": project.language,
                },
                {"kind": "notify_member", "member": "owner"},
            ],
        )


@transaction.atomic
def newsletter(*, project: Project, name: str = "") -> Workflow:
    """An active workflow for a newsletter signup: make a lead, confirm by mail."""
    with translation.override(project.language):
        return _make(
            project=project,
            name=name or _("Newsletter signup"),
            category=Workflow.Category.NEWSLETTER,
            steps=[
                {"kind": "create_or_update_lead", "source": "newsletter"},
                {
                    "kind": "send_mail",
                    "to": "{{ contact.email }}",
                    "subject": _("You are on the list of {{ site.name }}"),
                    "body": _(
                        "Thank you for signing up. You will hear from us when there is news.\n\n"
                        "{{ site.name }}"
                    ),
                    "language": project.language,
                },
            ],
        )


RECIPES: Final = {"lead_capture": lead_capture, "newsletter": newsletter}


def _make(*, project: Project, name: str, category: str, steps: list[dict[str, Any]]) -> Workflow:
    workflow = Workflow.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        name=name,
        category=category,
        definition={"steps": steps},
    )
    return lifecycle.activate(workflow=workflow)
