"""One page that asks before records are changed: which of them will be, which not and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import TransitionError

# Each is changed under its own lock within one request: more is work for a command.
MOST = 500
# What is named in the message afterwards; the rest is counted.
NAMED = 5


class Page(Protocol):
    """What of a console page is needed here."""

    model: type[models.Model]
    admin_site: Any

    def log_change(self, request: Any, obj: Any, message: Any) -> Any: ...

    def message_user(self, request: HttpRequest, message: Any, level: int = ...) -> None: ...


@dataclass(frozen=True, slots=True)
class Question:
    """An action upon records that is asked about first.

    `action` is the name that the page sends back, `refusal` says why a record cannot be changed
    ("" where it can), `fields` name what changes, for the log. `change` does it for one record,
    locked, and may raise a refusal itself: TransitionError, ValidationError, or any exception with
    `faults`.
    """

    action: str
    title: str
    submit: str
    refusal: Callable[[Any], str]
    change: Callable[[Any], object]
    note: str = ""
    fields: tuple[str, ...] = ()
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A chosen record on the page; `reason` is empty where it will be changed."""

    record: Any
    reason: str


def confirmed(
    page: Page, request: HttpRequest, queryset: Any, question: Question, back: str = ""
) -> HttpResponse:
    """Ask, or on the answer do it and return to `back` (else the list)."""
    records = list(queryset[: MOST + 1])
    if len(records) > MOST:
        text = _("At most %(most)d records are changed at once. Choose fewer.")
        page.message_user(request, text % {"most": MOST}, messages.ERROR)
        return HttpResponseRedirect(back or request.get_full_path())
    if request.method == "POST" and request.POST.get("post") == "yes":
        tell(page, request, *run(page, request, records, question))
        return HttpResponseRedirect(back or request.get_full_path())
    rows = [Row(record, question.refusal(record)) for record in records]
    return TemplateResponse(
        request,
        "accounts/console/confirmation.html",
        {
            **page.admin_site.each_context(request),
            "title": question.title,
            "opts": page.model._meta,
            "question": question,
            "going": [row for row in rows if not row.reason],
            "staying": [row for row in rows if row.reason],
            "checkbox": ACTION_CHECKBOX_NAME,
            "back": back,
        },
    )


def run(
    page: Page, request: HttpRequest, records: Iterable[Any], question: Question
) -> tuple[int, list[Row]]:
    """Change each record in its own savepoint, under its lock.

    Returns how many were changed, and those that were not, each with its reason.
    """
    done, stayed = 0, []
    # In one order, so that two people who choose the same records wait instead of deadlocking.
    for record in sorted(records, key=lambda record: str(record.pk)):
        reason = _change(page, request, record, question)
        if reason:
            stayed.append(Row(record, reason))
        else:
            done += 1
    return done, stayed


def _change(page: Page, request: HttpRequest, record: Any, question: Question) -> str:
    """Change the record and log it; returns why not, or an empty string."""
    try:
        with transaction.atomic():
            locked = page.model._base_manager.select_for_update(of=("self",)).filter(pk=record.pk)
            fresh = locked.first()
            if fresh is None:
                return _("It is gone, or not yours to change.")
            reason = question.refusal(fresh)
            if not reason:
                question.change(fresh)
                page.log_change(request, fresh, [{"changed": {"fields": [*question.fields]}}])
            return reason
    except (TransitionError, ValidationError) as error:
        return reason_of(error)
    except Exception as error:
        if not getattr(error, "faults", None):
            raise
        return reason_of(error)


def reason_of(error: Exception) -> str:
    """The sentence of a refusal for people."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or " ".join(fault.detail for fault in getattr(error, "faults", ()))


def tell(page: Page, request: HttpRequest, done: int, stayed: Sequence[Row]) -> None:
    """Say what came of it: how many were changed, which were not and why."""
    if done:
        text = ngettext("%(count)d record changed.", "%(count)d records changed.", done)
        page.message_user(request, text % {"count": done}, messages.SUCCESS)
    if not stayed:
        return
    text = ngettext("%(count)d stayed as it was:", "%(count)d stayed as they were:", len(stayed))
    named = format_html_join(
        "", "<li><bdi>{}</bdi>: {}</li>", ((row.record, row.reason) for row in stayed[:NAMED])
    )
    more = len(stayed) - NAMED
    rest = format_html("<li>{}</li>", _("and %d more") % more) if more > 0 else ""
    page.message_user(
        request,
        format_html("{}<ul>{}{}</ul>", text % {"count": len(stayed)}, named, rest),
        messages.WARNING,
    )
