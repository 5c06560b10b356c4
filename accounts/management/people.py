"""How commands find the user that somebody names."""

import uuid
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from accounts.privacy.subjects import Subject, user_subject


def add_user_argument(parser: CommandParser) -> None:
    parser.add_argument("user", help="Their e-mail address or id")


def find_user(options: dict[str, Any]) -> Subject:
    """The user by address or id, those who are deleted too. Raises CommandError."""
    told = str(options["user"]).strip().lower()
    everyone = User.with_deleted.all()
    try:
        found = everyone.filter(pk=uuid.UUID(told))
    except ValueError:
        found = everyone.filter(email=told)
    user = found.first()
    if user is None:
        raise CommandError(f"There is no user {told}.")
    return user_subject(user)
