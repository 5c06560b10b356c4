"""Whom an export or an erasure is about."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.module_loading import autodiscover_modules

from accounts.models import SubjectKind, User
from accounts.privacy.digests import digest


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A person, by the id of their record and the names that rows may know them by.

    `addresses` are e-mail addresses in lower case; `names` pairs of `Suppression.Kind` and value;
    `workspace_id` is that of a contact. Told apart from the record, so that what is left to do
    can still be told when the record is gone.
    """

    kind: str
    id: uuid.UUID
    workspace_id: uuid.UUID | None = None
    addresses: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        return digest(self.kind, str(self.id))

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": str(self.id),
            "workspace_id": str(self.workspace_id) if self.workspace_id else None,
            "addresses": list(self.addresses),
            "names": [list(name) for name in self.names],
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "Subject":
        workspace_id = document["workspace_id"]
        return cls(
            kind=document["kind"],
            id=uuid.UUID(document["id"]),
            workspace_id=uuid.UUID(workspace_id) if workspace_id else None,
            addresses=tuple(document["addresses"]),
            names=tuple((kind, value) for kind, value in document["names"]),
        )


def user_subject(user: User) -> Subject:
    """Somebody who signs in, with every address that they have or had."""
    known = EmailAddress.objects.filter(user_id=user.pk).values_list("email", flat=True)
    addresses = sorted({user.email.lower(), *(address.lower() for address in known)})
    return Subject(
        kind=SubjectKind.USER,
        id=user.pk,
        addresses=tuple(addresses),
        # Not the addresses: whether a workspace's site may know them is that workspace's matter.
        names=(("user_id", str(user.pk)),),
    )


Finder = Callable[[uuid.UUID], Subject | None]
_finders: dict[str, Finder] = {}


def finder(kind: str) -> Callable[[Finder], Finder]:
    """Register how a kind of person is found by the id of their record.

    Apps do so in a module `privacy`, which is looked for as `admin` is.
    """

    def register(find: Finder) -> Finder:
        _finders[kind] = find
        return find

    return register


def find(kind: str, record_id: uuid.UUID) -> Subject | None:
    """The person as they are known now; None where their record is gone."""
    autodiscover_modules("privacy")
    return _finders[kind](record_id)


@finder(SubjectKind.USER)
def _find_user(user_id: uuid.UUID) -> Subject | None:
    user = User.with_deleted.filter(pk=user_id).first()
    return None if user is None else user_subject(user)
