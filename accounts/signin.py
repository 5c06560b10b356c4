"""How people sign in and up: allauth, with Halfhour's rules."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.addresses import client_address
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def clean_email(self, email: str) -> str:
        """Addresses are kept in lower case, so that equality is enough to find them."""
        cleaned: str = super().clean_email(email)
        return cleaned.lower()

    def confirm_email(self, request: HttpRequest, email_address: Any) -> Any:
        """Keep the user's own record of the confirmation in step with allauth's."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            User.objects.mark_verified(email_address.user_id)
        return confirmed

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that rate limits count by."""
        return client_address(request)


class SecondFactorMiddleware:
    """The console is for staff with a second factor, where STAFF_NEEDS_MFA says so.

    Before there is a scope: a tenant's role has no sight of factors. Whoever is impersonated is
    not asked: the superuser behind it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.STAFF_NEEDS_MFA and _enters_console(request):
            user: Any = request.user
            if not getattr(user, "is_hijacked", False) and not is_mfa_enabled(user):
                return render(request, "accounts/second_factor.html", status=403)
        return self.get_response(request)


def _enters_console(request: HttpRequest) -> bool:
    """Whether a member of staff, signed in, asks for a page of the console."""
    if not request.path.startswith(settings.CONSOLE_PATH):
        return False
    if request.path.startswith(settings.TENANCY_EXEMPT_PATHS):
        return False
    return bool(request.user.is_authenticated and getattr(request.user, "is_staff", False))
