from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.admin.base import ConsolePage
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from accounts.models import User, Workspace
from builder import previews, projects, publishing, schedules, trash
from builder.admin.domains import save_address
from builder.admin.figures import project_figures
from builder.admin.forms import PublishingActions, dialog, leave
from builder.admin.opened import OpenedForm
from builder.admin.project_files import MORE_ACTIONS, ProjectFileActions
from builder.admin.project_tables import (
    AddressTable,
    CollaboratorTable,
    ComponentTable,
    ReleaseTable,
    SitemapTable,
)
from builder.admin.publishing_forms import PublishForm, ScheduleForm
from builder.admin.versions import VERSION_ACTIONS, VersionPages
from builder.models import Project, Release, SiteAddress, StyleGuide
from builder.project_stats import project_stats
from builder.storing import StorageAwayError


class RollbackForm(BaseDialogForm):  # type: ignore[misc]
    release = forms.ModelChoiceField(
        label=_("Release"), queryset=Release.objects.none(), widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Release.objects.published().filter(project_id=self.object_id)
        self.fields["release"].queryset = mine.order_by("-number")


class ProjectForm(OpenedForm):
    class Meta:
        model = Project
        fields = ["template", "name", "description", "type", "language", "is_public"]


@admin.register(Project)
class ProjectPage(ProjectFileActions, VersionPages, PublishingActions, StatusActions, ConsolePage):
    form = ProjectForm
    list_display = [
        "name", "status", "site", "language", "template_link", "owned_by", "is_public",
        "updated_at",
    ]  # fmt: skip
    list_filter = ["status", "language", "type", "is_public"]
    list_select_related = ["template"]
    search_fields = ["name", "slug", "addresses__label"]
    inlines = [AddressTable, SitemapTable, ReleaseTable, CollaboratorTable, ComponentTable]
    actions_list = ["import_project"]
    actions_detail = ["publish", VERSION_ACTIONS, MORE_ACTIONS]
    fieldsets = (
        (None, {"fields": ("name", "description", "site", "live_release", "documents")}),
        (_("Figures"), {"fields": ("figures",)}),
        (_("Kind"), {"fields": ("type", "status", "language", "is_public")}),
        (_("Origin"), {"fields": ("template", "owned_by", "slug", "created_at", "updated_at")}),
        (_("Data"), {"fields": ("data", "settings"), "classes": ["collapse"]}),
    )
    readonly_fields = [
        "status",
        "site",
        "live_release",
        "documents",
        "figures",
        "template",
        "owned_by",
        "slug",
        "created_at",
        "updated_at",
    ]
    add_fields = ["template", "name"]
    moves = (Project.Status.ARCHIVED, Project.Status.ACTIVE, Project.Status.DRAFT)
    move_names = {
        "archived": _("Archive"),
        "active": _("Restore, with its site"),
        "draft": _("Restore as a draft"),
    }
    move_notes = {
        "archived": _("The site is closed until the project is restored."),
        "active": _("Visitors see the release that was live before."),
    }
    dangerous_moves = frozenset({"archived"})
    template_link = related_link("template")

    def refusal(self, request: HttpRequest, obj: Any, status: str) -> str:
        """Restoring gives a project the status that it had: live where something was live."""
        if status == Project.Status.ARCHIVED or obj.status != Project.Status.ARCHIVED:
            return super().refusal(request, obj, status)
        if status == projects.restored_status(obj):
            return ""
        if status == Project.Status.DRAFT:
            return gettext("It has a release that was live; restore it with its site.")
        return gettext("Nothing of it was live; restore it as a draft.")

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        if status == Project.Status.ARCHIVED:
            projects.archive(project=obj)
        else:
            projects.restore(project=obj)

    def get_queryset(self, request: HttpRequest) -> Any:
        # A join would hide the projects of an owner who has left the workspace, and with it is
        # not to be seen from there.
        owners = User.objects.filter(pk=models.OuterRef("owner")).values("email")
        queryset = super().get_queryset(request).standing()
        queryset = queryset.annotate(_owner=models.Subquery(owners))
        return queryset.defer("template__document").prefetch_related("addresses", "domains")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            super().get_fieldsets(request, obj) if obj else ((None, {"fields": self.add_fields}),)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_readonly_fields(request, obj) if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        if obj is None and "template" in form.base_fields:
            form.base_fields["template"].required = True
        return form

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser without a workspace has nowhere to put a project."""
        tenancy = getattr(request, "tenancy", None)
        placed = tenancy is not None and tenancy.workspace_id is not None
        return placed and super().has_add_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made = projects.create_from_template(
            workspace=Workspace.objects.get(pk=request.tenancy.workspace_id),  # type: ignore[attr-defined]
            owner=request.user,  # type: ignore[arg-type]
            template=obj.template,
            name=obj.name,
        )
        obj.__dict__.update(made.__dict__)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not SiteAddress:
            super().save_formset(request, form, formset, change)
            return
        for address in formset.save(commit=False):
            address.workspace_id = form.instance.workspace_id
            save_address(address)
        for address in formset.deleted_objects:
            address.delete()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Everything of a project goes into the bin with it, and nothing is lost yet."""
        return [str(each) for each in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        trash.put(project=obj, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        text = _("It is in the bin, from where it can be restored for %(days)s days.")
        self.message_user(request, text % {"days": settings.BIN_DAYS}, messages.INFO)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for project in queryset:
            self.delete_model(request, project)

    @admin.display(description=_("owner"), ordering="_owner")
    def owned_by(self, project: Any) -> str:
        return project._owner or gettext("no longer here")

    @admin.display(description=_("site"))
    def site(self, project: Project) -> Any:
        url = projects.site_url(project=project)
        if not project.is_live:
            return format_html('<span class="text-font-subtle-light">{}</span>', _("not live"))
        link = '<a href="{}" target="_blank" rel="noopener" class="text-primary-600">{}</a>'
        return format_html(link, url, url.partition("://")[2])

    @admin.display(description=_("figures"))
    def figures(self, project: Project) -> SafeString:
        now = timezone.now()
        return project_figures(project_stats(project=project, now=now), now.date())

    @admin.display(description=_("documents"))
    def documents(self, project: Project) -> SafeString:
        """Links to what the site is made of."""
        sitemap = project.current_sitemap
        if sitemap is None:
            return mark_safe("-")
        pages = sitemap.wireframes.order_by("id").only("title")
        guides = StyleGuide.objects.filter(wireframe__in=pages).order_by("id").only("title")
        found = [
            ("sitemap", sitemap, _("Sitemap")),
            *(("wireframe", page, page.title) for page in pages),
            *(("styleguide", guide, _("Style guide")) for guide in guides),
        ]
        link = '<div><a class="text-primary-600 dark:text-primary-500" href="{}">{}</a></div>'
        addresses = (
            (reverse(f"admin:builder_{model}_change", args=[record.pk]), title)
            for model, record, title in found
        )
        return format_html_join("", link, addresses)

    @action(  # type: ignore[untyped-decorator]
        description=_("Publish"),
        url_path="publish",
        icon="rocket_launch",
        permissions=["publish"],
        variant=ActionVariant.PRIMARY,
        dialog=dialog(
            _("Publish this project?"),
            _("Visitors see it as it stands now."),
            _("Publish"),
            PublishForm,
        ),
    )
    def publish(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        project = self._project(request, object_id)
        try:
            release = publishing.publish(
                project=project,
                user=request.user,  # type: ignore[arg-type]
                locales=form.chosen,
            )
        except (publishing.PublishError, StorageAwayError) as error:
            self.say_faults(request, error)
        else:
            self.message_user(request, _("Release %s is live.") % release, messages.SUCCESS)
        return self._back(request, object_id)

    @action(  # type: ignore[untyped-decorator]
        description=_("Schedule"),
        url_path="schedule",
        icon="schedule",
        permissions=["publish"],
        dialog=dialog(
            _("Publish or take down at a time?"),
            _("It is carried out within a minute of its time, with the pages as they are then."),
            _("Schedule"),
            ScheduleForm,
        ),
    )
    def schedule(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        try:
            made = schedules.schedule(
                project=self._project(request, object_id),
                action=form.cleaned_data["action"],
                due_at=form.cleaned_data["due_at"],
                user=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
                note=form.cleaned_data["note"],
                languages=form.chosen or (),
            )
        except schedules.ScheduleError as error:
            self.say_faults(request, error)
            return self._back(request, object_id)
        self.message_user(request, _("It is scheduled."), messages.SUCCESS)
        return leave(request, reverse("admin:builder_releaseschedule_change", args=[made.pk]))

    @action(  # type: ignore[untyped-decorator]
        description=_("Preview"),
        url_path="preview",
        icon="visibility",
        permissions=["publish"],
        dialog=dialog(
            _("Make a preview?"),
            _("Whoever has its link sees the project as it stands now, for a day."),
            _("Make a link"),
        ),
    )
    def preview(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        project = self._project(request, object_id)
        try:
            preview = previews.create(project=project, user=request.user)  # type: ignore[arg-type]
        except (publishing.PublishError, StorageAwayError) as error:
            self.say_faults(request, error)
        else:
            link = '<a href="{0}" target="_blank" rel="noopener">{1}</a>'
            text = format_html(link, preview.url, _("The preview is here."))
            self.message_user(request, text, messages.SUCCESS)
        return self._back(request, object_id)

    @action(  # type: ignore[untyped-decorator]
        description=_("Roll back"),
        url_path="rollback",
        icon="history",
        permissions=["publish"],
        dialog=dialog(
            _("Make an earlier release live?"),
            _("Visitors see it again, byte for byte. The project's pages stay as they are."),
            _("Roll back"),
            RollbackForm,
        ),
    )
    def rollback(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        release = form.cleaned_data["release"]
        try:
            publishing.rollback(project=self._project(request, object_id), release=release)
        except (publishing.PublishError, StorageAwayError) as error:
            self.say_faults(request, error)
        else:
            self.message_user(request, _("Release %s is live.") % release, messages.SUCCESS)
        return self._back(request, object_id)

    @action(  # type: ignore[untyped-decorator]
        description=_("Take down"),
        url_path="unpublish",
        icon="block",
        permissions=["publish"],
        variant=ActionVariant.DANGER,
        dialog=dialog(
            _("Take the site down?"),
            _("Visitors are told that it is closed, until it is published again."),
            _("Take down"),
        ),
    )
    def unpublish(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        publishing.unpublish(project=self._project(request, object_id))
        self.message_user(request, _("The site is closed."), messages.SUCCESS)
        return self._back(request, object_id)

    def _project(self, request: HttpRequest, object_id: str) -> Project:
        project: Project = get_object_or_404(self.get_queryset(request), pk=object_id)
        return project

    def _back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return leave(request, reverse("admin:builder_project_change", args=[object_id]))
