"""What is to be known and chosen before a site goes live, and what can be done afterwards."""

import uuid
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.faults import Fault
from accounts.models import TransitionError, Workspace
from builder import locales, projects, publishing, release_changes, schedules
from builder.drafts import HTML
from builder.models import Language, Project, ReleaseSchedule
from builder.storing import StorageAwayError
from builder.studio.access import may_publish, member, person_of, project_of
from builder.studio.places import Place, place_of

RELEASES = 6


@dataclass(frozen=True)
class Trouble:
    """Why a site cannot be published, and where that is mended."""

    detail: str
    place: Place | None


class ScheduleForm(forms.Form):
    action = forms.ChoiceField(label=gettext_lazy("What"), choices=ReleaseSchedule.Action.choices)
    due_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def publish(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """What publishing would change; POST publishes."""
    project = _project(request, project_id)
    if request.method != "POST":
        return _shown(request, project)
    chosen = [each for each in request.POST.getlist("locales") if each in Language.values]
    every = [each.language for each in locales.locales_of(project)]
    try:
        publishing.publish(
            project=project,
            user=person_of(request),
            note=request.POST.get("note", "")[:500],
            locales=None if set(chosen) >= set(every) or not chosen else chosen,
        )
    except (publishing.PublishError, StorageAwayError) as error:
        return _shown(request, project, refused=error)
    return _shown(request, project, done=_("The site is live."))


@require_POST
@member
def rollback(request: HttpRequest, project_id: uuid.UUID, release_id: uuid.UUID) -> HttpResponse:
    """Make an earlier release live again."""
    project = _project(request, project_id)
    release = get_object_or_404(project.releases.published(), pk=release_id)
    try:
        publishing.rollback(project=project, release=release)
    except (publishing.PublishError, StorageAwayError) as error:
        return _shown(request, project, refused=error)
    return _shown(request, project, done=_("Release %s is live.") % release)


@require_POST
@member
def unpublish(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """Take the site down."""
    project = publishing.unpublish(project=_project(request, project_id))
    return _shown(request, project, done=_("The site is closed."))


@require_POST
@member
def schedule(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """Have the site published, or taken down, at a time of the workspace's clock."""
    project = _project(request, project_id)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _shown(request, project, form=form)
    due_at = timezone.make_aware(
        form.cleaned_data["due_at"].replace(tzinfo=None), _zone(project.workspace)
    )
    try:
        schedules.schedule(
            project=project,
            action=form.cleaned_data["action"],
            due_at=due_at,
            user=person_of(request),
            now=timezone.now(),
            note=form.cleaned_data["note"],
        )
    except schedules.ScheduleError as error:
        for fault in error.faults:
            name = fault.pointer.strip("/")
            form.add_error(name if name in form.fields else None, str(fault.detail))
        return _shown(request, project, form=form)
    return _shown(request, project, done=_("It is scheduled."))


@require_POST
@member
def call_off(request: HttpRequest, project_id: uuid.UUID, schedule_id: uuid.UUID) -> HttpResponse:
    """Call a schedule off."""
    project = _project(request, project_id)
    found = get_object_or_404(ReleaseSchedule, project=project, pk=schedule_id)
    try:
        schedules.cancel(schedule=found, now=timezone.now())
    except TransitionError:
        return _shown(request, project, done=_("It has been carried out already."))
    return _shown(request, project, done=_("It is called off."))


def _project(request: HttpRequest, project_id: uuid.UUID) -> Project:
    project = project_of(request, project_id)
    if not may_publish(request, project):
        raise PermissionDenied
    return project


def _shown(
    request: HttpRequest,
    project: Project,
    *,
    refused: publishing.PublishError | StorageAwayError | None = None,
    done: str = "",
    form: ScheduleForm | None = None,
) -> HttpResponse:
    """The dialog as things stand now."""
    changes, error = _changes(project)
    error = refused or error
    zone = _zone(project.workspace)
    context = {
        "project": project,
        "done": done,
        "troubles": list(_troubles(project, error)) if error else [],
        "changes": changes,
        "is_first": project.live_release_id is None,
        "address": projects.site_url(project=project),
        "by_path": projects.path_url(project=project),
        "locales": [
            (each.language, LANG_INFO[each.language]["name_local"])
            for each in locales.locales_of(project)
        ],
        "releases": list(project.releases.published().order_by("-number")[:RELEASES]),
        "pending": list(
            ReleaseSchedule.objects.pending().filter(project=project).order_by("due_at")
        ),
        "form": form or ScheduleForm(),
        "zone": str(zone),
        "clock": date_format(timezone.localtime(timezone=zone), "SHORT_DATETIME_FORMAT"),
    }
    status = 422 if refused or (form is not None and form.errors) else 200
    with timezone.override(zone):
        return render(request, "studio/publish.html", context, status=status)


def _changes(project: Project) -> tuple[list[Any], Exception | None]:
    """The pages that visitors would see otherwise, and what hinders publishing."""
    try:
        live = project.live_release
        if live is None:
            draft = publishing.checked(project=project)
            return [
                {"path": page.path, "status": "added", "lines": []} for page in draft.pages
            ], None
        found = release_changes.compare(
            release_changes.of_release(live), release_changes.of_draft(live)
        )
    except (publishing.PublishError, StorageAwayError) as error:
        return [], error
    pages = [
        each for each in found if each.content_type == HTML and not each.path.startswith("/_hh")
    ]
    shown = [
        {
            "path": each.path,
            "status": each.status,
            "lines": [line for line in each.text if line.mark != " "][:8],
        }
        for each in pages
        if each.path != "/404.html"
    ]
    if not shown and found:
        shown = [{"path": _("all pages"), "status": "changed", "lines": []}]
    return shown, None


def _troubles(project: Project, error: Any) -> Any:
    faults: list[Fault] = getattr(error, "faults", None) or [Fault("", "away", str(error))]
    for fault in faults:
        yield Trouble(str(fault.detail), place_of(project, fault.pointer))


def _zone(workspace: Workspace) -> ZoneInfo:
    return ZoneInfo(workspace.timezone)
