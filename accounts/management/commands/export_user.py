from typing import Any

from django.core.management.base import CommandParser

from accounts.management.people import add_user_argument, find_user
from accounts.management.privacy import ExportCommand
from accounts.privacy.subjects import Subject


class Command(ExportCommand):
    help = "Write everything that is kept about somebody who signs in to a zip file of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        add_user_argument(parser)
        super().add_arguments(parser)

    def find(self, options: dict[str, Any]) -> Subject:
        return find_user(options)
