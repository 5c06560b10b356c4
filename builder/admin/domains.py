"""How a site is reached: domains, redirects, passwords, its address."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminPasswordWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from accounts.admin.base import ConsolePage
from accounts.admin.links import related_link
from builder import dns_records, domains, hosts, redirects, site_addresses, site_passwords
from builder.admin.forms import PublishingActions, dialog, leave, refuse
from builder.models import Project, SiteAddress, SiteDomain, SitePassword, SiteRedirect
from builder.projects import RESERVED_LABELS

# Of an import, the faults that are told; the others are in the same table.
FAULTS_SHOWN = 20


class OfProject:
    """Records that stay with their project: it is chosen once."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)  # type: ignore[misc]
        return [*fields, "project"] if obj is not None else fields


class DomainForm(forms.ModelForm):  # type: ignore[type-arg]
    host = forms.CharField(
        label=_("host"),
        help_text=_("Such as www.example.com; letters of any script."),
        widget=UnfoldAdminTextInputWidget(attrs={"dir": "ltr", "placeholder": "www.example.com"}),
    )

    class Meta:
        model = SiteDomain
        fields = ["project", "host", "is_primary", "redirects"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            # Another host is another domain.
            del self.fields["host"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        project, host = cleaned.get("project"), cleaned.get("host")
        if project is not None and host:
            try:
                cleaned["host"] = domains.check_claim(project=project, host=host)
            except (hosts.HostError, domains.DomainError) as error:
                self.add_error("host", str(error))
        return cleaned


@admin.register(SiteDomain)
class SiteDomainPage(OfProject, PublishingActions, ConsolePage):
    form = DomainForm
    list_display = [
        "readable_host", "project_link", "state", "is_primary", "redirects", "verified_at",
        "last_checked_at",
    ]  # fmt: skip
    list_filter = ["is_primary", "failure"]
    list_select_related = ["project"]
    search_fields = ["host", "project__name"]
    fieldsets = (
        (None, {"fields": ("readable_host", "project", "shown_state", "found")}),
        (_("What to set in the domain's DNS"), {"fields": ("records",)}),
        (_("Visitors"), {"fields": ("is_primary", "redirects")}),
    )
    readonly_fields: ClassVar[Any] = ["readable_host", "shown_state", "found", "records"]
    actions_detail = ["verify"]
    project_link = related_link("project")

    class Media:
        css: ClassVar[Any] = {"all": ["builder/domains.css"]}
        js: ClassVar[Any] = ["builder/copy.js"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("project__addresses")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("project", "host", "is_primary", "redirects")}),)
        return super().get_fieldsets(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            domains.change(domain=obj, is_primary=obj.is_primary, redirects=obj.redirects)
            return
        made = domains.claim(
            project=obj.project, host=obj.host, is_primary=obj.is_primary, redirects=obj.redirects
        )
        obj.__dict__.update(made.__dict__)

    @admin.display(description=_("host"), ordering="host")
    def readable_host(self, domain: SiteDomain) -> SafeString:
        return format_html('<bdi dir="ltr">{}</bdi>', hosts.readable(domain.host))

    @display(  # type: ignore[untyped-decorator]
        description=_("state"),
        label={"verified": "success", "failing": "warning", "waiting": "info"},
    )
    def state(self, domain: SiteDomain) -> tuple[str, str]:
        if not domain.is_verified:
            return "waiting", gettext("waits for its record")
        if domain.failing_since:
            return "failing", gettext("verified; its record is missing")
        return "verified", gettext("verified")

    @admin.display(description=_("state"))
    def shown_state(self, domain: SiteDomain) -> str:
        _kind, text = self.state(domain)
        return str(text)

    @admin.display(description=_("what was found"))
    def found(self, domain: SiteDomain) -> Any:
        if domain.last_checked_at is None:
            return gettext("Its records were not looked up yet.")
        if not domain.failure:
            return domain.get_method_display()
        text = domain.get_failure_display()
        if not domain.failure_detail:
            return text
        return format_html("{} <code>{}</code>", text, domain.failure_detail)

    @admin.display(description=_("records"))
    def records(self, domain: SiteDomain) -> SafeString:
        """The records as cards: one of the first two is enough, the others lead visitors here."""
        found = dns_records.records(domain)
        proving = [_card(each) for each in found if each.proves]
        leading = [_card(each) for each in found if not each.proves]
        cards = [
            _note(gettext("Set one of these two. The CNAME record leads visitors here as well.")),
            *proving,
        ]
        if leading:
            text = gettext("Where the host can have no CNAME, such as a bare domain, add these.")
            cards += [_note(text), *leading]
        return format_html('<div class="hh-records">{}</div>', SafeString("".join(cards)))

    @action(  # type: ignore[untyped-decorator]
        description=_("Look its records up now"),
        url_path="verify",
        icon="travel_explore",
        permissions=["publish"],
        variant=ActionVariant.PRIMARY,
        dialog=dialog(
            _("Look the records up now?"),
            _("It takes some seconds. By itself the platform looks every ten minutes."),
            _("Look"),
        ),
    )
    def verify(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        domain: SiteDomain = get_object_or_404(self.get_queryset(request), pk=object_id)
        domain = domains.verify(domain=domain, now=timezone.now())
        if domain.failure:
            self.message_user(request, domain.get_failure_display(), messages.WARNING)
        else:
            self.message_user(request, _("The domain is verified."), messages.SUCCESS)
        return leave(request, reverse("admin:builder_sitedomain_change", args=[object_id]))


class RedirectForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SiteRedirect
        fields = ["project", "from_path", "to", "status", "replaces_page"]
        widgets: ClassVar[Any] = {
            "from_path": UnfoldAdminTextInputWidget(attrs={"dir": "ltr"}),
            "to": UnfoldAdminTextInputWidget(attrs={"dir": "ltr"}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        project = cleaned.get("project") or getattr(self.instance, "project", None)
        if project is None or self.errors:
            return cleaned
        names = ("from_path", "to", "status", "replaces_page")
        wanted = SiteRedirect(
            pk=self.instance.pk, project=project, **{name: cleaned[name] for name in names}
        )
        try:
            redirects.Rules.of(project).check(wanted)
        except redirects.RedirectError as error:
            refuse(self, error.faults)
        else:
            cleaned |= {"from_path": wanted.from_path, "to": wanted.to}
        return cleaned


class ImportForm(BaseDialogForm):  # type: ignore[misc]
    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), widget=UnfoldAdminSelectWidget
    )
    table = forms.CharField(
        label=_("Table (CSV)"),
        help_text=_("The first line names the columns: from, to, status, replaces_page."),
        widget=UnfoldAdminTextareaWidget(
            attrs={"rows": 8, "dir": "ltr", "placeholder": "from,to,status\n/old-menu,/menu,308"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Within the request's scope these are the workspace's.
        self.fields["project"].queryset = Project.objects.order_by("name")


@admin.register(SiteRedirect)
class SiteRedirectPage(OfProject, PublishingActions, ConsolePage):
    form = RedirectForm
    list_display = ["shown_from", "shown_to", "status", "project_link", "origin", "updated_at"]
    list_filter = ["status", "origin"]
    list_select_related = ["project"]
    search_fields = ["from_path", "to", "project__name"]
    fields = ["project", "from_path", "to", "status", "replaces_page", "origin"]
    readonly_fields: ClassVar[Any] = ["origin"]
    actions_list = ["load"]
    project_link = related_link("project")

    @admin.display(description=_("from path"), ordering="from_path")
    def shown_from(self, redirect: SiteRedirect) -> SafeString:
        return format_html('<bdi dir="ltr">{}</bdi>', redirect.from_path)

    @admin.display(description=_("to"), ordering="to")
    def shown_to(self, redirect: SiteRedirect) -> SafeString:
        return format_html('<bdi dir="ltr">{}</bdi>', redirect.to)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.workspace_id = obj.project.workspace_id
        redirects.save(redirect=obj)

    @action(  # type: ignore[untyped-decorator]
        description=_("Import"),
        url_path="load",
        icon="upload",
        permissions=["publish"],
        dialog=dialog(
            _("Import redirects"),
            _("Those that are there already are changed; what has a fault is left out and named."),
            _("Import"),
            ImportForm,
        ),
    )
    def load(self, request: HttpRequest, form: Any) -> HttpResponse:
        try:
            outcomes = redirects.load_csv(
                project=form.cleaned_data["project"], text=form.cleaned_data["table"]
            )
        except redirects.RedirectError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self._tell(request, outcomes)
        return leave(request, reverse("admin:builder_siteredirect_changelist"))

    def _tell(self, request: HttpRequest, outcomes: list[redirects.Outcome]) -> None:
        stored = sum(each.status in ("created", "changed") for each in outcomes)
        faulty = [each for each in outcomes if each.status == "error"]
        text = gettext("%(stored)d of %(all)d rows were stored.")
        told = text % {"stored": stored, "all": len(outcomes)}
        self.message_user(request, told, messages.SUCCESS if stored else messages.INFO)
        if faulty:
            lines = format_html_join(
                "",
                "<li>{}</li>",
                (
                    (gettext("Line %(line)d: %(why)s") % {
                        "line": each.line, "why": each.faults[0].detail,
                    },)
                    for each in faulty[:FAULTS_SHOWN]
                ),
            )  # fmt: skip
            text = gettext("%(count)d rows have faults.") % {"count": len(faulty)}
            told = format_html("{}<ul>{}</ul>", text, lines)
            self.message_user(request, told, messages.WARNING)


class PasswordForm(forms.ModelForm):  # type: ignore[type-arg]
    password = forms.CharField(
        label=_("password"),
        strip=False,
        min_length=site_passwords.SHORTEST,
        max_length=site_passwords.LONGEST,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=_("Only its hash is kept. Whoever was let in by another is asked again."),
    )

    class Meta:
        model = SitePassword
        fields = ["project", "password"]


@admin.register(SitePassword)
class SitePasswordPage(OfProject, ConsolePage):
    form = PasswordForm
    list_display = ["project_link", "created_at", "updated_at"]
    list_select_related = ["project"]
    search_fields = ["project__name"]
    fields = ["project", "password"]
    removers = ConsolePage.changers
    project_link = related_link("project")

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        if "password" in form.base_fields:
            form.base_fields["password"].initial = ""
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {**super().get_changeform_initial_data(request), "password": ""}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data["password"]
        made = site_passwords.set_password(project=obj.project, password=given)
        obj.__dict__.update(made.__dict__)


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """An address of a site. What it was before stays and redirects (`save_address`)."""

    class Meta:
        model = SiteAddress
        fields = ["label", "is_primary", "redirects"]

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if label in RESERVED_LABELS:
            raise forms.ValidationError(_("The platform keeps this name."), code="reserved")
        return label


def save_address(address: SiteAddress) -> None:
    """Write an address that was entered, new or changed."""
    if address._state.adding:
        site_addresses.add(address=address)
        return
    site_addresses.change(
        address=SiteAddress.objects.get(pk=address.pk),
        label=address.label,
        is_primary=address.is_primary,
        redirects=address.redirects,
    )


def _note(text: str) -> SafeString:
    return format_html('<p class="hh-records-note">{}</p>', text)


def _card(record: dns_records.Record) -> SafeString:
    rows = format_html_join(
        "",
        '<dt>{}</dt><dd><code>{}</code></dd><dd><button type="button" data-copy="{}"'
        ' data-copied="{}">{}</button></dd>',
        (
            (name, value, value, gettext("Copied"), gettext("Copy"))
            for name, value in ((gettext("Name"), record.name), (gettext("Value"), record.value))
        ),
    )
    title = gettext("%(kind)s record") % {"kind": record.kind}
    return format_html('<div class="hh-record"><h4>{}</h4><dl>{}</dl></div>', title, rows)
