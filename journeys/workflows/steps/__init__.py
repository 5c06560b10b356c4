"""The kinds of steps that come with Halfhour; the setting WORKFLOW_STEPS may add others."""

from journeys.workflows.steps.leads import CreateOrUpdateLead
from journeys.workflows.steps.mails import NotifyMember, SendMail
from journeys.workflows.steps.waiting import Wait
from journeys.workflows.steps.webhook import CallWebhook

__all__ = ["CallWebhook", "CreateOrUpdateLead", "NotifyMember", "SendMail", "Wait"]
