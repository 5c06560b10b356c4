from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import keys
from accounts.models import ApiKey, Membership, User, Workspace


class Command(BaseCommand):
    help = (
        "Make an API key and print its secret, which is not to be had again: only the secret goes "
        "to standard output, so that it can be piped to where it is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", metavar="SLUG")
        parser.add_argument(
            "kind",
            choices=ApiKey.Kind.values,
            help="ingest: events only; server: a program, as an editor; personal: a member",
        )
        parser.add_argument("--name", required=True, help="What it is for")
        parser.add_argument("--user", metavar="EMAIL", help="Whose personal key it is")

    def handle(self, *_: Any, kind: str, name: str, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']}.")
        user = self._member(workspace, options["user"])
        if (kind == ApiKey.Kind.PERSONAL) != (user is not None):
            raise CommandError("A personal key is somebody's (--user EMAIL); others are nobody's.")
        key, secret = keys.issue_key(workspace=workspace, kind=kind, name=name, user=user)
        self.stderr.write(f"{kind} key {key.prefix} of {workspace.slug}; its secret, this once:")
        self.stdout.write(secret)

    def _member(self, workspace: Workspace, email: str | None) -> User | None:
        if email is None:
            return None
        membership = (
            Membership.objects.filter(workspace=workspace, user__email=email.strip().lower())
            .select_related("user")
            .first()
        )
        if membership is None:
            raise CommandError(f"{email} is no member of {workspace.slug}.")
        return membership.user
