"""`manage.py demo`: the platform's main job from end to end, then the platform itself."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from rich.console import Console
from rich.table import Table

from config import embedded
from config.demo.client import DemoError
from config.demo.tour import Tour, TourOptions
from config.processes import ProcessError, Processes, check_ports, run_until_stopped


class Command(BaseCommand):
    help = (
        "From a template to a live site that takes in simulated visitors: every step over the "
        "public doors, with the seconds it took and what it left in the database. "
        "Run again, it adds nothing twice."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--visitors", type=int, default=500, metavar="N", help="How many come by (500)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="Another seed, other visitors (1)"
        )
        parser.add_argument("--no-serve", action="store_true", help="Stop when the table is shown")
        parser.add_argument(
            "--reset", action="store_true", help="Delete the demo workspace first, and its people"
        )
        parser.add_argument("--json", action="store_true", help="The milestones as JSON")
        parser.add_argument("--edge-port", type=int, default=settings.EDGE_PORT)
        parser.add_argument("--office-port", type=int, default=settings.OFFICE_PORT)

    def handle(self, *_: Any, **options: Any) -> None:
        if options["visitors"] < 0:
            raise CommandError("--visitors wants a number from 0 up.")
        console = Console(stderr=options["json"])
        embedded_in = settings.VAR_DIR if settings.EMBEDDED_SERVICES else None
        try:
            self._run(console, options)
        except (ProcessError, DemoError) as error:
            raise CommandError(str(error)) from error
        finally:
            connections.close_all()
            if embedded_in and embedded.stop_own(embedded_in):
                console.print("PostgreSQL and Valkey are stopped; the data stay.")

    def _run(self, console: Console, options: dict[str, Any]) -> None:
        ports = {"edge_port": options["edge_port"], "office_port": options["office_port"]}
        check_ports(edge=ports["edge_port"], office=ports["office_port"], bind="127.0.0.1")
        tour = Tour(
            console=console,
            options=TourOptions(
                visitors=options["visitors"], seed=options["seed"], reset=options["reset"], **ports
            ),
        )
        tour.prepare()
        processes = Processes(
            **ports,
            embedded_in=settings.VAR_DIR if settings.EMBEDDED_SERVICES else None,
            output=settings.VAR_DIR / "demo.log",
        )
        with tour.milestones.reach("Doors open") as opened:
            processes.start()
            processes.wait_ready()
            opened.detail = "edge, office, worker and beat"
        try:
            tour.walk()
            self._show(console, tour, as_json=options["json"])
            if not options["no_serve"]:
                connections.close_all()
                console.print(f"Serving; logs go to {settings.VAR_DIR / 'demo.log'}.")
                console.print("Ctrl-C stops all of it.")
                run_until_stopped(processes)
        finally:
            processes.stop()

    def _show(self, console: Console, tour: Tour, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(tour.result(), indent=2))
            return
        console.print(tour.milestones.table())
        places = Table(show_header=False, box=None)
        for name, address in tour.addresses().items():
            places.add_row(name, address)
        console.print(places)
        for email, password in tour.people.passwords.items():
            console.print(f"Sign in as {email} with [bold]{password}[/bold] (shown this once)")
        if not tour.people.passwords:
            console.print("The passwords were shown at the first run; --reset makes new ones.")
