"""What the builder's console pages share: documents to edit, actions to confirm."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from unfold.dataclasses import ActionDialog

from accounts.faults import Fault
from accounts.models import EDITORS


def refuse(form: forms.BaseForm, faults: Iterable[Fault]) -> None:
    """Put each fault at the field of its pointer's first step."""
    for fault in faults:
        name = fault.pointer.removeprefix("/").partition("/")[0]
        text = f"{fault.pointer}: {fault.detail}"
        form.add_error(name if name in form.fields else None, text)


def dialog(title: Any, description: Any, submit: Any, form: Any = None) -> ActionDialog:
    """A question before an action: it is shown on GET, the action runs on POST."""
    return {
        "title": title,
        "description": description,
        "form_class": form,
        "form_submit_text": submit,
    }


def leave(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to a page, from a dialog (htmx) as from a form."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


class PublishingActions:
    """Rights to publish, and what is said when a project has faults."""

    publishers: ClassVar[frozenset[Any]] = EDITORS

    def has_publish_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._may(request, self.publishers)  # type: ignore[attr-defined, no-any-return]

    def say_faults(self, request: HttpRequest, error: Exception) -> None:
        """Tell what stood in the way, with the faults of an exception that has some."""
        faults = format_html_join(
            "",
            "<li><code>{}</code> {}</li>",
            ((item.pointer, item.detail) for item in getattr(error, "faults", ())),
        )
        text = format_html("{}<ul>{}</ul>", str(error), faults)
        self.message_user(request, text, messages.ERROR)  # type: ignore[attr-defined]
