"""How people sign in and up: allauth, with Halfhour's rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

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
