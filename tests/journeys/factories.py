"""Contacts, leads and events as the door would have made them."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from journeys.models import Contact, ContactIdentity, Event, Lead
from tests.factories import WorkspaceFactory


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    workspace = factory.SubFactory(WorkspaceFactory)
    email = factory.Sequence(lambda n: f"visitor{n}@example.com")
    last_seen = factory.LazyFunction(timezone.now)
    traits = factory.LazyFunction(lambda: {"name": "Layan Haddad"})


class IdentityFactory(DjangoModelFactory):
    class Meta:
        model = ContactIdentity

    contact = factory.SubFactory(ContactFactory)
    workspace = factory.SelfAttribute("contact.workspace")
    kind = "anonymous_id"
    value = factory.Sequence(lambda n: f"visitor-{n}")


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    contact = factory.SubFactory(ContactFactory)
    workspace = factory.SelfAttribute("contact.workspace")
    type = "page"
    event_name = "page_view"
    timestamp = factory.LazyFunction(timezone.now)
    received_at = factory.LazyFunction(timezone.now)
    message_id = factory.Sequence(lambda n: f"message-{n}")


class LeadFactory(DjangoModelFactory):
    class Meta:
        model = Lead

    contact = factory.SubFactory(ContactFactory)
    workspace = factory.SelfAttribute("contact.workspace")
    email = factory.SelfAttribute("contact.email")
    name = "Layan Haddad"
    source = "form"
