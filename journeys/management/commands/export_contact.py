from typing import Any

from django.core.management.base import CommandParser

from accounts.management.privacy import ExportCommand
from accounts.privacy.subjects import Subject
from journeys.management.people import add_contact_arguments, find_contact


class Command(ExportCommand):
    help = "Write everything that a workspace keeps about a visitor to a zip file of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        add_contact_arguments(parser)
        super().add_arguments(parser)

    def find(self, options: dict[str, Any]) -> Subject:
        return find_contact(options)
