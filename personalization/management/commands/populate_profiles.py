from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from personalization import population


class Command(BaseCommand):
    help = (
        "Give every user who lacks them a profile and a cultural context, and every member a "
        "marketing profile in the workspace: derived from the workspace's country, language, time "
        "zone and currency and from what the profile says. Existing ones are left as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count who lacks what")

    def handle(self, *_: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            lacking = population.lacking()
            self.stdout.write(
                f"{lacking.users:,} users lack a profile or a cultural context, "
                f"{lacking.memberships:,} members a marketing profile."
            )
            return
        seen_to = population.populate(
            say=lambda what, count: self.stderr.write(f"{count:,} {what} …")
        )
        self.stdout.write(
            f"Profiles and cultural contexts for {seen_to.users:,} users, "
            f"marketing profiles for {seen_to.memberships:,} members."
        )
