"""The words of an execution's log, which is kept in English, for whoever reads the console."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Any] = {
    "create_or_update_lead": _("make or update a lead"),
    "send_mail": _("write a mail"),
    "notify_member": _("tell a member"),
    "wait": _("wait"),
    "call_webhook": _("call a webhook"),
}
OUTCOMES: Mapping[str, Any] = {
    "done": _("done"),
    "skipped": _("skipped"),
    "failed": _("failed"),
    "retrying": _("tried again later"),
}
# What steps say themselves; what other programs answered stays as they said it.
REASONS: Mapping[str, Any] = {
    "The form holds nothing to know a person by.": _("The form holds nothing to know a person by."),
    "There is no address to write to.": _("There is no address to write to."),
    "This address has had enough mails within an hour.": _(
        "This address has had enough mails within an hour."
    ),
    "No such member belongs to the workspace.": _("No such member belongs to the workspace."),
    "The worker died at every attempt.": _("The worker died at every attempt."),
}
_VOID = "The definition is void: "


def reason(entry: Mapping[str, Any]) -> str:
    """Why an attempt failed or was left out, as far as it has words of ours in them."""
    text = str(entry.get("error") or entry.get("reason") or "")
    if text.startswith(_VOID):
        return gettext("The definition is void: %(fault)s") % {"fault": text.removeprefix(_VOID)}
    return str(REASONS.get(text, text))
