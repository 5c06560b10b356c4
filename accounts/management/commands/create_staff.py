from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts import people
from accounts.models import Membership, Role, User, Workspace


class Command(BaseCommand):
    help = (
        "Let somebody into the console: as a member of a workspace, or of all with --superuser. "
        "Who has no account gets one, with a password that is shown this once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument("--workspace", metavar="SLUG", help="The workspace to look after")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMIN, help="There (admin)")
        parser.add_argument(
            "--superuser", action="store_true", help="May see and change every workspace"
        )

    def handle(self, *_: Any, email: str, workspace: str | None, **options: Any) -> None:
        place = self._workspace(workspace)
        if place is None and not options["superuser"]:
            raise CommandError("Say which workspace (--workspace SLUG), or --superuser for all.")
        with transaction.atomic():
            user, password = self._person(email, options)
            user.is_staff = True
            user.is_superuser = user.is_superuser or options["superuser"]
            user.save(update_fields=["is_staff", "is_superuser", "updated_at"])
            if place is not None:
                Membership.objects.update_or_create(
                    workspace=place, user=user, defaults={"role": options["role"]}
                )
        reach = f"{options['role']} of {place.slug}" if place else "superuser"
        self.stdout.write(f"{user.email} may open the console ({reach}).")
        if password:
            self.stdout.write(f"{user.email} signs in with {password} (shown this once).")

    def _workspace(self, slug: str | None) -> Workspace | None:
        if slug is None:
            return None
        try:
            return Workspace.objects.get(slug=slug)
        except Workspace.DoesNotExist:
            known = ", ".join(Workspace.objects.values_list("slug", flat=True)[:10]) or "none yet"
            raise CommandError(f"There is no workspace {slug}; there are: {known}.") from None

    def _person(self, email: str, options: dict[str, Any]) -> tuple[User, str]:
        address = email.strip().lower()
        user: User | None = User.objects.filter(email=address).first()
        if user is not None:
            return user, ""
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address.") from None
        return people.make(
            email=address, first_name=options["first_name"], last_name=options["last_name"]
        )
