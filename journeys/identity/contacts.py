"""Contacts that a person or a program enters, rather than a visit."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from journeys.identity.models import Contact, ContactIdentity
from journeys.identity.names import email_address

Kind = ContactIdentity.Kind


class NameTakenError(Exception):
    """Another contact of the workspace goes by the name; `faults` points at `field`."""

    def __init__(self, field: str) -> None:
        super().__init__(_("Another contact goes by this already."))
        self.faults = [Fault(pointer=f"/{field}", code="unique", detail=str(self))]


def create(
    *,
    workspace_id: uuid.UUID,
    email: str = "",
    user_id: str = "",
    traits: Mapping[str, Any] | None = None,
    segment: str = "",
) -> Contact:
    """Make a contact, known by the address and the site's own user id where they are given.

    Events that use these names become the contact's. Raises NameTakenError.
    """
    with transaction.atomic():
        contact = Contact.objects.create(
            workspace_id=workspace_id, email=email, traits=dict(traits or {}), segment=segment
        )
        _give_name(contact, Kind.EMAIL, email, field="email")
        _give_name(contact, Kind.USER_ID, user_id, field="user_id")
    return contact


def give_address(*, contact: Contact, email: str) -> Contact:
    """Make this the contact's latest address; they go by the earlier ones still.

    Raises NameTakenError.
    """
    with transaction.atomic():
        _give_name(contact, Kind.EMAIL, email, field="email")
        contact.email = email_address(email)
        contact.save(update_fields=["email", "updated_at"])
    return contact


def _give_name(contact: Contact, kind: str, value: str, *, field: str) -> None:
    if not value:
        return
    identity, _made = ContactIdentity.objects.get_or_create(
        workspace_id=contact.workspace_id, kind=kind, value=value, defaults={"contact": contact}
    )
    if identity.contact_id != contact.pk:
        raise NameTakenError(field)
