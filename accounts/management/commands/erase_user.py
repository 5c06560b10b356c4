from typing import Any

from django.core.management.base import CommandParser

from accounts.management.people import add_user_argument, find_user
from accounts.management.privacy import EraseCommand
from accounts.privacy.subjects import Subject


class Command(EraseCommand):
    help = (
        "Erase somebody who signs in: their own rows go, the workspaces' records forget who made "
        "them. Run it again after it was broken off, and it goes on from there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_user_argument(parser)
        super().add_arguments(parser)

    def find(self, options: dict[str, Any]) -> Subject:
        return find_user(options)
