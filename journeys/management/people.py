"""How commands find the contact that somebody names."""

import uuid
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import Workspace
from accounts.privacy.subjects import Subject
from journeys.models import Contact
from journeys.privacy import contact_subject


def add_contact_arguments(parser: CommandParser) -> None:
    parser.add_argument("workspace", help="The workspace's slug")
    parser.add_argument("contact", help="Their id, e-mail address, user id or anonymous id")


def find_contact(options: dict[str, Any]) -> Subject:
    """The contact of a workspace. Raises CommandError, also where several are meant."""
    workspace = Workspace.objects.filter(slug=options["workspace"]).first()
    if workspace is None:
        raise CommandError(f"There is no workspace {options['workspace']}.")
    told = str(options["contact"]).strip()
    contacts = Contact.objects.filter(workspace=workspace)
    try:
        found = contacts.filter(pk=uuid.UUID(told))
    except ValueError:
        found = contacts.none()
    found = found or contacts.filter(identities__value__in=[told, told.lower()]).distinct()
    found = found or contacts.filter(email=told.lower())
    if not found:
        raise CommandError(f"{workspace.slug} has no contact {told}.")
    if len(found) > 1:
        ids = ", ".join(str(each.pk) for each in found[:5])
        raise CommandError(f"{told} is {len(found)} contacts; name one by its id: {ids}.")
    return contact_subject(found[0])
