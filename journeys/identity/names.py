"""The names that a contact goes by, and those that nobody may."""

from typing import Final, NamedTuple

MAX_LENGTH: Final = 254

# What programs send when they know nobody: taken as a name, it would make one person of many.
_ILLEGAL: Final = frozenset(
    {
        "", "anonymous", "anonymous_id", "anonymousid", "guest", "null", "none", "nil", "undefined",
        "nan", "0", "-1", "true", "false", "[object object]", "email", "id", "distinct_id",
        "user_id", "userid", "not_authenticated", "unknown",
    }
)  # fmt: skip
_QUOTES: Final = "'\"`“”‘’"

ANONYMOUS_ID: Final = "anonymous_id"
USER_ID: Final = "user_id"
EMAIL: Final = "email"


class Name(NamedTuple):
    """One name: its kind (`ContactIdentity.Kind`) and its value."""

    kind: str
    value: str


def legal_id(value: object) -> str:
    """The id as text, or "" for what names nobody: `null`, `guest`, `'undefined'`, too long …

    Numbers are ids too, as clients send them; true and false are not.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).strip()
    if len(text) > MAX_LENGTH or text.strip(_QUOTES).strip().lower() in _ILLEGAL:
        return ""
    return text


def email_address(value: object) -> str:
    """The address in lower case, or "" for what cannot be one."""
    if not isinstance(value, str):
        return ""
    text = value.strip().lower()
    local, _, domain = text.rpartition("@")
    fits = len(text) <= MAX_LENGTH and local and "." in domain.strip(".")
    return text if fits and not any(c.isspace() or c in '<>,;:"()' for c in text) else ""
