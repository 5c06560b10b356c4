"""What must hold of workflows and journeys, and no constraint can say.

Executions, mails and events may be deleted in time, so that a counter may stand above them.
"""

from collections.abc import Iterator
from typing import Final

from accounts.checking import Finding, checked, rows

_CONNECTIONS: Final = """
select c.id, format('counts %s started, %s succeeded, %s failed; there are %s, %s, %s',
    c.trigger_count, c.success_count, c.error_count, x.started, x.succeeded, x.failed)
from journeys_componentworkflowconnection c join (
    select connection_id, count(*) filter (where started_at is not null) as started,
        count(*) filter (where status = 'succeeded') as succeeded,
        count(*) filter (where status = 'failed') as failed
    from journeys_workflowexecution where connection_id is not null group by 1
) x on x.connection_id = c.id
where c.trigger_count < x.started or c.success_count < x.succeeded or c.error_count < x.failed
order by 1
"""
_MAILS: Final = """
select w.id, format('counts %s mails; there are %s', w.email_campaigns_triggered, m.mails)
from journeys_workflow w join (
    select x.workflow_id, count(*) as mails from journeys_mailmessage m
    join journeys_workflowexecution x
        on x.workspace_id = m.workspace_id and x.id = m.execution_id
    group by 1
) m on m.workflow_id = w.id
where w.email_campaigns_triggered < m.mails order by 1
"""
_LEADS: Final = """
select id, format('counts %s leads made in %s activities', crm_contacts_created,
    crm_activities_generated)
from journeys_workflow where crm_contacts_created > crm_activities_generated order by 1
"""
_JOURNEYS: Final = """
select j.id, format('counts %s changes, %s components, %s questions, %s workflows; there are '
    '%s, %s, %s, %s', j.customization_count, j.components_added, j.ai_requests_count,
    j.workflows_created, e.changes, e.components, e.questions, e.workflows)
from journeys_userjourneytracking j join (
    select workspace_id, journey_id,
        count(*) filter (where event_type = 'customized') as changes,
        count(*) filter (where event_type = 'component_added') as components,
        count(*) filter (where event_type = 'ai_requested') as questions,
        count(*) filter (where event_type = 'workflow_connected') as workflows
    from journeys_journeyevent group by 1, 2
) e on e.workspace_id = j.workspace_id and e.journey_id = j.id
where j.customization_count < e.changes or j.components_added < e.components
    or j.ai_requests_count < e.questions or j.workflows_created < e.workflows
order by 1
"""
_MILESTONES: Final = """
select j.id, format('has an event %s and has not reached it', e.event_type)
from journeys_userjourneytracking j join (
    select distinct workspace_id, journey_id, event_type from journeys_journeyevent
) e on e.workspace_id = j.workspace_id and e.journey_id = j.id
where case e.event_type when 'template_selected' then not j.template_selected
    when 'customized' then not j.customization_started
    when 'site_previewed' then not j.site_previewed
    when 'site_published' then not j.site_published
    when 'workflow_connected' then not j.workflow_connected
    when 'magic_moment' then not j.magic_moment_achieved else false end
order by 1, 2
"""


@checked(
    name="journeys.connection_counts_agree",
    title="A connection counts no fewer executions than there are",
    mend="Raise trigger_count, success_count and error_count to what there is.",
)
def connections_that_count_too_few() -> Iterator[Finding]:
    return rows("journeys.ComponentWorkflowConnection", _CONNECTIONS)


@checked(
    name="journeys.workflow_counts_agree",
    title="A workflow counts no fewer mails than there are, and no lead without an activity",
    mend="Raise email_campaigns_triggered and crm_activities_generated to what there is.",
)
def workflows_that_count_too_few() -> Iterator[Finding]:
    yield from rows("journeys.Workflow", _MAILS)
    yield from rows("journeys.Workflow", _LEADS)


@checked(
    name="journeys.journey_counts_agree",
    title="A journey counts no fewer steps than its events tell of",
    mend="Raise the journey's counts to what its events say.",
)
def journeys_that_count_too_few() -> Iterator[Finding]:
    return rows("journeys.UserJourneyTracking", _JOURNEYS)


@checked(
    name="journeys.milestone_is_reached",
    title="A journey has reached what its events tell of",
    mend="Set the milestone and its time as the event has it.",
)
def journeys_behind_their_events() -> Iterator[Finding]:
    return rows("journeys.UserJourneyTracking", _MILESTONES)
