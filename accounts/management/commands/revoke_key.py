from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import keys
from accounts.models import ApiKey


class Command(BaseCommand):
    help = "Close an API key for good, by its prefix; the doors learn of it within 5 seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("prefix", help="The key's beginning, such as hh_server_1a2b3c4d")
        parser.add_argument("--dry-run", action="store_true", help="Only say which key it is")

    def handle(self, *_: Any, prefix: str, dry_run: bool, **options: Any) -> None:
        # A whole secret is taken too: whoever has found one wants it closed, not looked up.
        wanted = "_".join(prefix.strip().split("_")[:3])
        key = ApiKey.objects.filter(prefix=wanted).select_related("workspace", "user").first()
        if key is None:
            raise CommandError(f"There is no key {wanted}.")
        told = f"{key.kind} key {key.prefix} ({key.name}) of {key.workspace.slug}"
        if key.revoked_at is not None:
            self.stdout.write(f"The {told} is closed since {key.revoked_at:%Y-%m-%d %H:%M} UTC.")
        elif dry_run:
            self.stdout.write(f"Would close the {told}.")
        else:
            keys.revoke_key(key=key)
            self.stdout.write(f"Closed the {told}.")
