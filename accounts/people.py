"""Making people as an operator does: with a password that is shown once."""

import secrets

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


def make(
    *, email: str, first_name: str = "", last_name: str = "", is_staff: bool = False
) -> tuple[User, str]:
    """Make a user whose address counts as confirmed; the second of the pair is the password."""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        user = User.objects.create_user(
            email, password, first_name=first_name, last_name=last_name, is_staff=is_staff
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        User.objects.mark_verified(user.pk)
    return user, password
