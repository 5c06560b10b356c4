"""`manage.py serve`: the whole platform on this machine, until Ctrl-C."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from config import embedded
from config.processes import ProcessError, Processes, check_ports, run_until_stopped


class Command(BaseCommand):
    help = (
        "Serve the live sites, the studio, the console and the API, with the worker and the clock."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--edge-port",
            type=int,
            default=settings.EDGE_PORT,
            help=f"Port of the live sites ({settings.EDGE_PORT})",
        )
        parser.add_argument(
            "--office-port",
            type=int,
            default=settings.OFFICE_PORT,
            help=f"Port of the studio, the console and the API ({settings.OFFICE_PORT})",
        )
        parser.add_argument(
            "--no-worker", action="store_true", help="Only the two doors: no jobs, no clock"
        )

    def handle(
        self, *_: Any, edge_port: int, office_port: int, no_worker: bool, **_options: Any
    ) -> None:
        embedded_in = settings.VAR_DIR if settings.EMBEDDED_SERVICES else None
        try:
            check_ports(edge=edge_port, office=office_port, bind=settings.BIND)
            self._prepare()
            with Processes(
                edge_port=edge_port,
                office_port=office_port,
                bind=settings.BIND,
                with_worker=not no_worker,
                embedded_in=embedded_in,
            ) as processes:
                self._announce(edge_port, office_port)
                run_until_stopped(processes)
        except ProcessError as error:
            raise CommandError(str(error)) from error
        finally:
            connections.close_all()
            if embedded_in and embedded.stop_own(embedded_in):
                self.stdout.write("PostgreSQL and Valkey are stopped; the data stay.")
        self.stdout.write("Stopped.")

    def _prepare(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date …")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("load_templates", verbosity=0)
        # The doors connect as themselves; this process only watches.
        connections.close_all()

    def _announce(self, edge_port: int, office_port: int) -> None:
        sites = _address(settings.PUBLIC_SITES_URL, settings.EDGE_PORT, edge_port)
        office = _address(settings.PUBLIC_OFFICE_URL, settings.OFFICE_PORT, office_port)
        self.stdout.write(f"Live sites   {sites}/s/<label>/")
        self.stdout.write(f"Studio       {office}/studio/")
        self.stdout.write(f"Console      {office}{settings.CONSOLE_PATH}")
        self.stdout.write(f"API docs     {office}/api/docs/")
        if mailbox := getattr(settings, "EMAIL_FILE_PATH", None):
            self.stdout.write(f"Mailbox      {mailbox}")
        self.stdout.write("Ctrl-C stops all of it.")
        self.stdout.flush()


def _address(url: str, known_port: int, port: int) -> str:
    """The public address, with the port that the command was given instead of the setting's."""
    return (
        url.removesuffix(f":{known_port}") + f":{port}" if url.endswith(f":{known_port}") else url
    )
