"""What is asked before a project is published, or is to be at a time."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from builder import locales
from builder.models import Project, ReleaseSchedule


class PublishForm(BaseDialogForm):  # type: ignore[misc]
    """Which of the project's languages; not asked where it has only one."""

    locales = forms.ChoiceField(
        label=_("Languages"), required=False, widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Project.objects.select_related("workspace")
        self.project = get_object_or_404(seen, pk=self.object_id)
        found = [locale.language for locale in locales.locales_of(self.project)]
        if len(found) == 1:
            del self.fields["locales"]
            return
        names = dict(Project._meta.get_field("language").flatchoices)
        one = ((name, _("Only %(language)s") % {"language": names[name]}) for name in found)
        self.fields["locales"].choices = [("", _("All")), *one]

    @property
    def chosen(self) -> list[str] | None:
        """The languages to publish; None for all."""
        chosen = self.cleaned_data.get("locales")
        return [chosen] if chosen else None


class ScheduleForm(PublishForm):
    """What is asked before a schedule is made; its time is one of the workspace's clock."""

    field_order = ("action", "due_at", "locales", "note")

    action = forms.ChoiceField(
        label=_("What"), choices=ReleaseSchedule.Action.choices, widget=UnfoldAdminSelectWidget
    )
    due_at = forms.DateTimeField(
        label=_("When"),
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local", "dir": "ltr"}),
    )
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.project.workspace.timezone
        self.zone = ZoneInfo(zone)
        clock = date_format(timezone.localtime(timezone=self.zone), "SHORT_DATETIME_FORMAT")
        self.fields["due_at"].help_text = _("In %(zone)s, where it is %(now)s now.") % {
            "zone": zone,
            "now": clock,
        }

    def clean_due_at(self) -> Any:
        """A time that is written without a zone is meant in the workspace's."""
        written = self.cleaned_data["due_at"].replace(tzinfo=None)
        due_at = timezone.make_aware(written, self.zone)
        if due_at <= timezone.now():
            raise forms.ValidationError(_("This time has passed."), code="past")
        return due_at
