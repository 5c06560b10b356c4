"""Asking people into the workspace that the console looks at."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminEmailInputWidget

from accounts import invitations
from accounts.admin.base import ConsolePage
from accounts.admin.links import related_link
from accounts.models import ADMINS, Invitation, Role, Workspace
from accounts.quotas import QuotaExceededError


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Sends the invitation while it is checked: what stands in its way is told beside the field."""

    email = forms.EmailField(label=_("e-mail address"), widget=UnfoldAdminEmailInputWidget())
    request: ClassVar[Any] = None

    class Meta:
        model = Invitation
        fields: ClassVar[Any] = ["email", "role"]

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        request = self.request
        if data["role"] == Role.OWNER and request.tenancy.role != Role.OWNER:
            raise ValidationError({"role": _("Only an owner makes or changes an owner.")})
        try:
            made = invitations.invite(
                workspace=Workspace.objects.get(pk=request.tenancy.workspace_id),
                email=data["email"],
                role=data["role"],
                by=request.user,
            )
        except (invitations.InvitationError, QuotaExceededError) as error:
            raise ValidationError({"email": str(error)}) from error
        self.instance = made
        return data

    def _post_clean(self) -> None:
        """The record is made already."""


@admin.register(Invitation)
class InvitationPage(ConsolePage):
    form = InvitationForm
    fields: ClassVar[Any] = ["email", "role"]
    list_display = ["email", "role", "invited_by_link", "created_at", "expires_at", "accepted_at"]
    list_filter = ["role"]
    list_select_related: ClassVar[Any] = ["invited_by"]
    search_fields = ["email"]
    invited_by_link = related_link("invited_by")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kw: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kw)
        return type(form.__name__, (form,), {"request": request})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """It was made and sent when it was checked."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, ADMINS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, ADMINS)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An invitation is a workspace's: whoever looks past workspaces makes none."""
        tenancy = getattr(request, "tenancy", None)
        return tenancy is not None and bool(tenancy.workspace_id) and self._may(request, ADMINS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
