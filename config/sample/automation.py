"""Workflows at work: runs for the forms that were sent, their mails, and what was suggested.

The rows are those that the engine would have left (journeys.workflows.engine), with counters that
agree; they are written at once, since the engine itself would send mails and take up other
workspaces' work.
"""

import datetime
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from builder.models import ComponentIntelligence
from config.sample.story import Story, backdate, count, key
from journeys.mail.composition import compose
from journeys.models import (
    ComponentWorkflowConnection,
    Contact,
    ContactWorkflowEnrichment,
    Event,
    Lead,
    MailMessage,
    Workflow,
    WorkflowExecution,
    WorkflowSuggestion,
)
from journeys.workflows import history, lifecycle, recipes, suggestions

_MESSAGES: Final = (
    "نرغب في عرض سعر لخمسة كيلو أسبوعيًا لمقهانا في حي الملقا.",
    "Do you deliver to Khobar, and how fresh are the beans when they arrive?",
    "هل لديكم دورات تقطير للمبتدئين في عطلة نهاية الأسبوع؟",
    "We are opening a second branch in Jeddah and look for a roaster.",
    "كم مدة الاسترجاع إذا وصلت الحبوب مطحونة بالخطأ؟",
    "Could you call me this week about gift boxes for Ramadan?",
    "نحتاج تغليفًا خاصًا لهدايا الموظفين، مئتي علبة.",
)
_REFUSED: Final = "The mail server refused the recipient: 550 5.1.1 mailbox unavailable"


@dataclass
class Done:
    """Rows of runs, to be written at once."""

    executions: list[WorkflowExecution] = field(default_factory=list)
    mails: list[MailMessage] = field(default_factory=list)
    led: set[uuid.UUID | None] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class Started:
    """What a run began with."""

    workflow: Workflow
    connection: ComponentWorkflowConnection
    contact: Contact
    at: datetime.datetime
    event_id: int | None
    lead: uuid.UUID | None


def fill(story: Story) -> dict[str, int]:
    """A newsletter and a paused follow-up beside the form's workflow, and their runs."""
    dice = story.dice("workflows")
    form = ComponentWorkflowConnection.objects.select_related("workflow").get(
        workspace=story.workspace
    )
    letter = _newsletter(story)
    _follow_up(story)
    _suggest(story)
    done = Done()
    for started in (*_forms(story, form), *_signups(story, dice, letter)):
        _run(story, dice, started, done)
    WorkflowExecution.objects.bulk_create(done.executions)
    MailMessage.objects.bulk_create(done.mails)
    for connection in (form, letter):
        _add_up(story, connection)
    _enrich(story, dice)
    backdate(story, WorkflowExecution, MailMessage, ContactWorkflowEnrichment)
    return count(
        {}, story, Workflow, ComponentWorkflowConnection, WorkflowExecution, MailMessage,
        WorkflowSuggestion, ContactWorkflowEnrichment,
    )  # fmt: skip


def _newsletter(story: Story) -> ComponentWorkflowConnection:
    """The signup's suggestion, accepted."""
    part = ComponentIntelligence.objects.filter(
        project=story.project, component_type="newsletter_signup"
    ).order_by("id")[0]
    made = WorkflowSuggestion.objects.create(
        workspace=story.workspace,
        component_intelligence=part,
        category="newsletter",
        confidence_score=0.91,
    )
    accepted = suggestions.accept(suggestion=made, now=story.ago(60))
    ComponentWorkflowConnection.objects.filter(workspace=story.workspace).update(
        connected_at=story.ago(64), activated_at=story.ago(64)
    )
    return accepted


def _follow_up(story: Story) -> None:
    """A workflow that somebody has written and set aside."""
    workflow = Workflow.objects.create(
        workspace=story.workspace,
        project=story.project,
        name="متابعة بعد أسبوع",
        category="follow_up",
        definition={
            "steps": [
                {"kind": "wait", "seconds": 7 * 24 * 3600},
                {"kind": "send_mail", "subject": "كيف كانت القهوة؟", "body": "نسعد برأيكم."},
            ]
        },
    )
    lifecycle.pause(workflow=lifecycle.activate(workflow=workflow))
    recipes.lead_capture(project=story.project, name="Wholesale enquiries")


def _suggest(story: Story) -> None:
    """One that waits for an answer and one that was turned down."""
    parts = ComponentIntelligence.objects.filter(
        workspace=story.workspace, component_type__in=["pricing_table", "contact_form"]
    ).order_by("-id")
    for part, category, confidence in zip(
        parts, ("follow_up", "notification"), (0.74, 0.42), strict=False
    ):
        made = WorkflowSuggestion.objects.create(
            workspace=story.workspace,
            component_intelligence=part,
            category=category,
            confidence_score=confidence,
        )
        if category == "notification":
            suggestions.dismiss(suggestion=made, now=story.ago(25))


def _forms(story: Story, connection: ComponentWorkflowConnection) -> Iterator[Started]:
    """Every form that was sent by somebody who is known, the first of each making the lead."""
    leads = dict(
        Lead.objects.filter(workspace=story.workspace).values_list("contact_id", "id").iterator()
    )
    sent = Event.objects.filter(workspace=story.workspace, event_name="form_submitted")
    for event in sent.select_related("contact").order_by("timestamp", "id"):
        if event.contact.email:
            yield Started(
                workflow=connection.workflow,
                connection=connection,
                contact=event.contact,
                at=event.timestamp,
                event_id=event.pk,
                lead=leads.get(event.contact_id),
            )


def _signups(
    story: Story, dice: random.Random, connection: ComponentWorkflowConnection
) -> Iterator[Started]:
    """A third of those who are known have signed up, some time after they first came."""
    known = Contact.objects.filter(workspace=story.workspace).exclude(email="")
    leads = dict(Lead.objects.filter(workspace=story.workspace).values_list("contact_id", "id"))
    for contact in known.order_by("id"):
        if contact.pk in leads and dice.random() < 1 / 3:
            since = (story.until - contact.created_at).total_seconds()
            yield Started(
                workflow=connection.workflow,
                connection=connection,
                contact=contact,
                at=contact.created_at + datetime.timedelta(seconds=since * dice.random()),
                event_id=None,
                lead=leads[contact.pk],
            )


def _run(story: Story, dice: random.Random, started: Started, done: Done) -> None:
    """One run: nine in ten succeed, some fail at a mail, a few were called off beforehand."""
    end = dice.choices(["succeeded", "failed", "cancelled"], [92, 5, 3])[0]
    begun = started.at + datetime.timedelta(milliseconds=dice.randint(300, 4_000))
    run = WorkflowExecution(
        id=key(started.at, dice),
        workspace=story.workspace,
        workflow=started.workflow,
        contact=started.contact,
        project=story.project,
        connection=started.connection,
        event_id=started.event_id,
        triggered_at=started.at,
        component_id=started.connection.component_intelligence.component_id,
        trigger_data=_written(dice, started),
        definition=started.workflow.definition,
        status=end,
        due_at=begun,
        finished_at=begun,
    )
    if end != "cancelled":
        run.started_at = begun
        run.finished_at = _walk(story, dice, run, started, done)
    done.executions.append(run)


def _written(dice: random.Random, started: Started) -> dict[str, str]:
    traits = started.contact.traits
    written = {"email": started.contact.email, "_path": "/contact"}
    if started.event_id is not None:
        written |= {"name": traits.get("name", ""), "message": dice.choice(_MESSAGES)}
    return written


def _walk(
    story: Story, dice: random.Random, run: WorkflowExecution, started: Started, done: Done
) -> datetime.datetime:
    """Write the run's log and mails, step by step; returns when it ended."""
    at: datetime.datetime = run.started_at or started.at
    steps: list[dict[str, Any]] = run.definition["steps"]
    run.attempts = 1
    for index, step in enumerate(steps):
        at += datetime.timedelta(milliseconds=dice.randint(40, 900))
        entry = {"at": at.isoformat(), "step": index, "attempt": 1, "kind": step["kind"]}
        run.step_index = index
        if run.status == "failed" and index == len(steps) - 1:
            run.log.append(entry | {"outcome": "failed", "error": _REFUSED})
            run.error_message = _REFUSED
            return at
        if step["kind"] == "create_or_update_lead":
            # Who signs up was a lead already: leads are made of those who sent the form.
            made = run.event_id is not None and started.lead not in done.led
            done.led.add(started.lead)
            entry |= {"lead": str(started.lead), "created": made}
        else:
            mail = _mail(story, dice, run, at)
            done.mails.append(mail)
            one = step["kind"] == "send_mail"
            entry |= {"mail": str(mail.pk)} if one else {"mails": [str(mail.pk)]}
        run.log.append(entry | {"outcome": "done"})
    run.step_index = len(steps)
    return at


def _mail(
    story: Story, dice: random.Random, run: WorkflowExecution, at: datetime.datetime
) -> MailMessage:
    """The mail of a step: the last one of a form's workflow is to the owner. One in 40 bounced."""
    step = run.definition["steps"][run.step_index]
    inside = step["kind"] == "notify_member"
    subject = "طلب جديد من الموقع" if inside else step["subject"]
    body = "رسالة جديدة تنتظر الرد." if inside else step["body"]
    name, site = str(run.trigger_data.get("name", "")), story.project.name
    composed = compose(
        subject=subject.replace("{{ site.name }}", site),
        body=body.replace("{{ site.name }}", site).replace("{{ form.name }}", name),
        language=story.project.language,
        sender=site,
    )
    bounced = not inside and dice.random() < 1 / 40
    return MailMessage(
        id=key(at, dice),
        workspace=story.workspace,
        execution=run,
        step_index=run.step_index,
        contact=run.contact,
        to_address=story.team.owner.email if inside else run.trigger_data["email"],
        from_name=site,
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        language=composed.language,
        status="failed" if bounced else "sent",
        attempts=1,
        due_at=at,
        sent_at=None if bounced else at + datetime.timedelta(seconds=dice.randint(1, 5)),
        error_message=_REFUSED if bounced else "",
    )


def _add_up(story: Story, connection: ComponentWorkflowConnection) -> None:
    """The counters of a connection and its workflow, as the engine would have raised them."""
    runs = list(WorkflowExecution.objects.filter(connection=connection).order_by("triggered_at"))
    ended = [run for run in runs if run.started_at is not None]
    waits = [
        (datetime.datetime.fromisoformat(run.log[0]["at"]) - run.triggered_at).total_seconds()
        for run in ended
    ]
    good = sum(run.status == "succeeded" for run in ended)
    ComponentWorkflowConnection.objects.filter(pk=connection.pk).update(
        trigger_count=len(ended),
        success_count=good,
        error_count=len(ended) - good,
        average_response_time=1000 * sum(waits) / len(waits) if waits else None,
        last_triggered_at=max((run.started_at for run in ended if run.started_at), default=None),
        conversion_rate=round(100 * good / len(ended), 1) if ended else None,
        engagement_score=71.5,
        user_satisfaction_score=8.2,
    )
    entries = [entry for run in ended for entry in run.log]
    mails = MailMessage.objects.filter(
        workspace=story.workspace, execution__workflow=connection.workflow_id
    )
    Workflow.objects.filter(pk=connection.workflow_id).update(
        crm_contacts_created=sum(bool(entry.get("created")) for entry in entries),
        crm_activities_generated=sum("lead" in entry for entry in entries),
        email_campaigns_triggered=mails.count(),
    )


def _enrich(story: Story, dice: random.Random) -> None:
    """What the workflows have taught about whoever they ran for."""
    runs: dict[tuple[uuid.UUID, uuid.UUID], list[WorkflowExecution]] = {}
    all_runs = WorkflowExecution.objects.filter(workspace=story.workspace).select_related("contact")
    for run in all_runs.order_by("triggered_at"):
        if run.contact_id is not None and run.started_at is not None:
            runs.setdefault((run.contact_id, run.workflow_id), []).append(run)
    received = MailMessage.objects.filter(workspace=story.workspace, status="sent")
    mails = {run.pk: 0 for some in runs.values() for run in some}
    for execution_id in received.exclude(to_address=story.team.owner.email).values_list(
        "execution_id", flat=True
    ):
        mails[execution_id] += 1
    ContactWorkflowEnrichment.objects.bulk_create(
        _enrichment(story, dice, some, sum(mails[run.pk] for run in some)) for some in runs.values()
    )


def _enrichment(
    story: Story, dice: random.Random, runs: list[WorkflowExecution], mails: int
) -> ContactWorkflowEnrichment:
    last = runs[-1]
    opened = sum(dice.random() < 0.55 for _mail in range(mails))
    clicked = sum(dice.random() < 0.3 for _mail in range(opened))
    return ContactWorkflowEnrichment(
        id=key(last.triggered_at, dice),
        workspace=story.workspace,
        contact=last.contact,
        workflow_id=last.workflow_id,
        workflow_triggers=[
            history.trigger(
                at=run.triggered_at,
                name="form_submitted",
                component_id=run.component_id,
                execution_id=run.pk,
            )
            for run in runs
        ],
        interaction_history=[
            {"at": last.triggered_at.isoformat(), "type": "mail_opened", "subject": "welcome"}
        ]
        * bool(opened),
        behavior_score=round(min(100, 25 * len(runs) + dice.uniform(10, 60)), 1),
        demographic_score=round(dice.uniform(30, 90), 1),
        engagement_score=round(min(100, 40 * opened + 30 * clicked + dice.uniform(0, 30)), 1),
        emails_received=mails,
        emails_opened=opened,
        emails_clicked=clicked,
        forms_submitted=len(runs),
        pages_visited=dice.sample(["/", "/menu", "/contact"], k=dice.randint(1, 3)),
    )
