from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import people, workspaces
from accounts.models import User, Workspace


class Command(BaseCommand):
    help = (
        "Make a workspace and its owner's membership. An owner who has no account gets one, with "
        "a password that is shown this once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="What people call it, such as “Dar Al Qahwa”")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="Who owns it")
        parser.add_argument("--slug", help="Its short name in addresses (from the name)")
        parser.add_argument("--tier", choices=Workspace.Tier.values, default=Workspace.Tier.FREE)
        parser.add_argument("--timezone", default="Asia/Riyadh", help="IANA name (Asia/Riyadh)")
        parser.add_argument("--country", default="SA", help="ISO 3166 code (SA)")
        parser.add_argument("--currency", default="SAR", help="ISO 4217 code (SAR)")
        parser.add_argument("--language", choices=Workspace.Language.values, default="en")

    def handle(self, *_: Any, name: str, owner: str, slug: str | None, **options: Any) -> None:
        fields = {
            "subscription_tier": options["tier"],
            "timezone": options["timezone"],
            "country": options["country"].upper(),
            "currency": options["currency"].upper(),
            "default_language": options["language"],
        }
        self._check(Workspace(name=name, slug=slug or "unnamed", **fields))
        try:
            with transaction.atomic():
                user, password = self._owner(owner)
                workspace = workspaces.create(owner=user, name=name, slug=slug or "", **fields)
        except workspaces.SlugTakenError:
            raise CommandError(f"There is a workspace with the slug {slug} already.") from None
        self.stdout.write(f"Workspace {workspace.name} ({workspace.slug}), owned by {user.email}.")
        if password:
            self.stdout.write(f"{user.email} signs in with {password} (shown this once).")

    def _check(self, workspace: Workspace) -> None:
        try:
            workspace.clean_fields(exclude=["id"])
        except ValidationError as error:
            faults = "; ".join(
                f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
            )
            raise CommandError(faults) from error

    def _owner(self, email: str) -> tuple[User, str]:
        address = email.strip().lower()
        user: User | None = User.objects.filter(email=address).first()
        if user is not None:
            return user, ""
        if "@" not in address:
            raise CommandError(f"{email} is no e-mail address.")
        return people.make(email=address)
