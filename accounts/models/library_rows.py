"""Rows about people in the libraries' tables, which cannot carry `PERSONAL_DATA` themselves."""

from collections.abc import Mapping
from typing import Final

from accounts.models.personal import Erasure, PersonalData

_OWN: Final = PersonalData(subject="user", link="user", erasure=Erasure.DELETE)

# By model label; what `PERSONAL_DATA` is to a model of ours.
LIBRARY_ROWS: Final[Mapping[str, tuple[PersonalData, ...]]] = {
    "account.EmailAddress": (_OWN,),
    "account.EmailConfirmation": (
        PersonalData(
            subject="user",
            link="email_address__user",
            erasure=Erasure.DELETE,
            exported=False,
            secret=("key",),
        ),
    ),
    "mfa.Authenticator": (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE, secret=("data",)),
    ),
    "usersessions.UserSession": (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE, secret=("session_key",)),
    ),
    # Django's own list of recent actions; the audit trail has the same writes, and stays.
    "admin.LogEntry": (_OWN,),
}
