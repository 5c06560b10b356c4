"""What a record holds about a person, and what becomes of it when the person is erased."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


class Erasure(enum.Enum):
    DELETE = "delete"  # the row goes
    REDACT = "redact"  # the row stays as a figure; `redact` says what its fields become
    DETACH = "detach"  # the row belongs to the workspace; only its link to the person becomes null


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """One way in which a model's rows are about somebody; models list them as `PERSONAL_DATA`.

    `subject` is who: somebody who signs in, or a contact of a workspace. `link` is the look-up
    from the row to that person (`user`, `contact`, `conversation__user`); for rows that know
    somebody by address only, `by_email` is that field instead; where it is a text or a document,
    rows that mention the address lose what is about the person (accounts.privacy.redaction).
    `redact` gives fields the values that they have afterwards. `exported` rows are part of what a
    person gets to see of themselves; `secret` fields never are.
    """

    subject: Literal["user", "contact"]
    erasure: Erasure
    link: str = ""
    by_email: str = ""
    redact: Mapping[str, Any] = field(default_factory=dict)
    exported: bool = True
    secret: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.link) == bool(self.by_email):
            raise ValueError("A row is about a person by one link, or by one address.")
