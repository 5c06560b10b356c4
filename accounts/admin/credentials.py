"""Secrets of a workspace: entered, replaced and removed, never shown."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts import credentials
from accounts.admin.base import ConsolePage
from accounts.admin.links import related_link
from accounts.models import ADMINS, Credential, Workspace


class CredentialForm(forms.ModelForm):  # type: ignore[type-arg]
    new_secret = forms.CharField(
        label=_("secret"),
        max_length=4000,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "off"}),
        help_text=_("It is encrypted, and nobody can read it here again."),
    )

    class Meta:
        model = Credential
        fields: ClassVar[Any] = ["kind", "name"]

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        try:
            credentials.check(
                kind=data.get("kind") or self.instance.kind, secret=data.get("new_secret", "")
            )
        except credentials.SecretError as error:
            self.add_error("new_secret", str(error))
        return data


@admin.register(Credential)
class CredentialPage(ConsolePage):
    form = CredentialForm
    list_display = ["name", "kind", "last_four", "created_by_link", "last_used_at", "replaced_at"]
    list_filter = ["kind"]
    list_select_related: ClassVar[Any] = ["created_by"]
    search_fields = ["name"]
    fields: ClassVar[Any] = [
        "kind",
        "name",
        "new_secret",
        "last_four",
        "replaced_at",
        "last_used_at",
    ]
    readonly_fields: ClassVar[Any] = ["last_four", "replaced_at", "last_used_at"]
    created_by_link = related_link("created_by")
    changers = ADMINS

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, ADMINS)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, ADMINS)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A credential is a workspace's: whoever looks past workspaces adds none."""
        tenancy = getattr(request, "tenancy", None)
        return tenancy is not None and bool(tenancy.workspace_id) and self._may(request, ADMINS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*(["kind", "name"] if obj is not None else []), *self.readonly_fields]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the secret; one that has the kind and name already is replaced."""
        secret = form.cleaned_data["new_secret"]
        if change:
            credentials.replace(credential=obj, secret=secret)
            return
        stored = credentials.store(
            workspace=_workspace_of(request),
            kind=obj.kind,
            name=obj.name,
            secret=secret,
            by=request.user,  # type: ignore[arg-type]
        )
        obj.pk, obj.workspace_id = stored.pk, stored.workspace_id

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        credentials.remove(credential=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for credential in queryset:
            credentials.remove(credential=credential)


def _workspace_of(request: HttpRequest) -> Workspace:
    return Workspace.objects.get(pk=request.tenancy.workspace_id)  # type: ignore[attr-defined]
