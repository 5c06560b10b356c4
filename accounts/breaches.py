"""Passwords that were stolen elsewhere.

Have I Been Pwned's range search (https://haveibeenpwned.com/API/v3#PwnedPasswords): the server
learns the first five hexadecimal digits of the password's SHA-1 and answers with all it knows
under them, padded so that the answer's length tells nothing either.
"""

import hashlib
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)

TIMEOUT_SECONDS: Final = 2.0
_PREFIX: Final = 5


class BreachedPasswordValidator:
    """Refuse a password that is known from breaches; without an answer, let it pass."""

    def validate(self, password: str, user: Any = None) -> None:
        if times_seen(password):
            raise ValidationError(
                _("This password is known from a breach elsewhere. Choose another."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("Your password must not be known from a breach elsewhere.")


def times_seen(password: str) -> int:
    """How often the password stands in known breaches; 0 where nobody is asked or answers."""
    address: str = settings.PWNED_PASSWORDS_URL
    if not address:
        return 0
    import httpx

    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    try:
        answer = httpx.get(
            f"{address.rstrip('/')}/{digest[:_PREFIX]}",
            headers={"Add-Padding": "true"},
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        log.warning("breach_check.unavailable", error=type(error).__name__)
        return 0
    return _count(answer.text, digest[_PREFIX:])


def _count(body: str, suffix: str) -> int:
    for line in body.splitlines():
        known, _sep, count = line.partition(":")
        if known.strip().upper() == suffix:
            return int(count) if count.strip().isdigit() else 0
    return 0
