"""Contacts as persons whose data is handed out and erased (accounts.privacy)."""

import uuid

from accounts.models import SubjectKind
from accounts.privacy.subjects import Subject, finder
from journeys.models import Contact, ContactIdentity


def contact_subject(contact: Contact) -> Subject:
    """A contact with every name that they go by, within their workspace."""
    names = {(identity.kind, identity.value) for identity in contact.identities.all()}
    if contact.email:
        names.add((ContactIdentity.Kind.EMAIL, contact.email))
    addresses = {value.lower() for kind, value in names if kind == ContactIdentity.Kind.EMAIL}
    return Subject(
        kind=SubjectKind.CONTACT,
        id=contact.pk,
        workspace_id=contact.workspace_id,
        addresses=tuple(sorted(addresses)),
        names=tuple(sorted((str(kind), value) for kind, value in names)),
    )


@finder(SubjectKind.CONTACT)
def _find_contact(contact_id: uuid.UUID) -> Subject | None:
    contact = Contact.objects.filter(pk=contact_id).first()
    return None if contact is None else contact_subject(contact)
