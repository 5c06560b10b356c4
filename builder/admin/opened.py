"""Forms of versioned records carry the revision that they were opened at, as the API's ETag does.

Where somebody has saved the record meanwhile, a form is refused: it comes back with what was typed,
and says who saved when, and what. Whoever has seen that may save over it; that holds for the
revision that they were shown, not for a later one.
"""

from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.locking import hold
from builder import versioning
from builder.models import VersionHistory

OPENED: Final = "opened"
# The name of the box that says: save mine over this revision.
OVER: Final = "over"
_NAMED: Final = 5


class RevisionField(forms.CharField):
    """Carried along unseen; no part of what the person changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class OpenedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form of a record with versions. Wants the record's row held, as `OpenedPages` does."""

    opened = RevisionField(required=False)

    class Media:
        css: ClassVar[Any] = {"all": ["builder/opened.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial[OPENED] = self.instance.revision

    def clean(self) -> None:
        super().clean()
        if self.instance._state.adding:
            return
        now, opened = self.instance.revision, self.cleaned_data.get(OPENED) or ""
        if opened not in ("", now) and self.data.get(OVER) != now:
            saver = getattr(self, "person", None)
            text = _told(self.instance, opened=opened, person=saver)
            self.add_error(None, forms.ValidationError(text, code="moved_on"))


class OpenedPages:
    """Mix into the console page of records with versions; its form is an `OpenedForm`."""

    change_form_before_template = "builder/console/opened.html"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The record; where something is sent, as it is once nobody else is changing it."""
        record = super().get_object(request, *args, **kwargs)  # type: ignore[misc]
        writes = request.method == "POST" and record is not None
        if not (writes and self.has_change_permission(request, record)):  # type: ignore[attr-defined]
            return record
        return super().get_object(request, *args, **kwargs) if hold(record) else None  # type: ignore[misc]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)  # type: ignore[misc]
        form.person = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form's fields but for the one that nobody sees, which stands before them."""
        return [name for name in super().get_fields(request, obj) if name != OPENED]  # type: ignore[misc]


def _told(record: Any, *, opened: str, person: Any) -> str:
    """What became of a record since a form of it was opened, for the person who sent the form."""
    versions = VersionHistory.objects.of(record).select_related("user")
    latest = versions.get(version_number=record.version)
    number = opened.partition(".")[0]
    before = _before(versions, number if number.isdecimal() and len(number) < 10 else "0", latest)
    changes = [change.text for change in versioning.changes(before, latest)] if before else []
    context = {
        "latest": latest,
        "mine": latest.user is not None and latest.user == person,
        "changes": changes[:_NAMED],
        "more": max(0, len(changes) - _NAMED),
        "compare": _compare(record, before, latest) if before else "",
        "name": OVER,
        "revision": record.revision,
    }
    return render_to_string("builder/console/moved_on.html", context)


def _before(versions: Any, number: str, latest: VersionHistory) -> VersionHistory | None:
    """The version that the form showed; where that one took the save up, the one before it."""
    wanted = min(int(number), latest.version_number - 1)
    found: VersionHistory | None = versions.filter(version_number=wanted).first()
    return found


def _compare(record: Any, one: VersionHistory, two: VersionHistory) -> str:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_compare"
    pair = {"from": one.version_number, "to": two.version_number}
    return f"{reverse(name, args=[record.pk])}?{urlencode(pair)}"
