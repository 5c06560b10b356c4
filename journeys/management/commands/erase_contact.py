from typing import Any

from django.core.management.base import CommandParser

from accounts.management.privacy import EraseCommand
from accounts.privacy.subjects import Subject
from journeys.management.people import add_contact_arguments, find_contact


class Command(EraseCommand):
    help = (
        "Erase a visitor of a workspace's sites: what they did goes, what others wrote of them is "
        "blotted out. Run it again after it was broken off, and it goes on from there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_contact_arguments(parser)
        super().add_arguments(parser)

    def find(self, options: dict[str, Any]) -> Subject:
        return find_contact(options)
