"""The way itself, milestone by milestone."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings
from django.core.management import call_command
from rich.console import Console

from analytics.models import TrafficRollup
from analytics.tasks import roll_up_traffic
from builder.models import Template
from config.demo import people, visitors
from config.demo.building import Built, build_site
from config.demo.client import Client, DemoError
from config.demo.milestones import Milestones
from journeys.models import Contact, ContactIdentity, Event, Lead, MailMessage, WorkflowExecution

PATIENCE = 60.0  # seconds that the worker may take


@dataclass(frozen=True, kw_only=True)
class TourOptions:
    visitors: int
    seed: int
    reset: bool
    edge_port: int
    office_port: int


class Tour:
    """`prepare` needs the database only, `walk` the open doors; both can be run again."""

    def __init__(self, *, console: Console, options: TourOptions) -> None:
        self.options = options
        self.milestones = Milestones(console)
        self.people: people.People
        self.built: Built

    @property
    def edge(self) -> str:
        return f"http://127.0.0.1:{self.options.edge_port}"

    def prepare(self) -> None:
        with self.milestones.reach("Database ready") as ready:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("load_templates", verbosity=0)
            if self.options.reset:
                people.remove()
            ready.count(templates=Template.objects.count())
        with self.milestones.reach("Workspace with its people") as made:
            self.people = people.make()
            made.count(members=self.people.workspace.memberships.count())
            made.detail = self.people.workspace.name

    def walk(self) -> None:
        office = f"http://127.0.0.1:{self.options.office_port}"
        with Client(base_url=office, token=self.people.token) as client:
            self.built = build_site(client, self.milestones)
        self._visit()
        self._let_workflows_run()
        self._roll_up()

    def result(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "milestones": self.milestones.as_json(),
            "seconds": round(sum(each.seconds for each in self.milestones.reached), 2),
            "workspace": self.people.workspace.slug,
            "project": self.built.project_id,
            "addresses": self.addresses(),
        }

    def addresses(self) -> dict[str, str]:
        edge = f"http://{{host}}:{self.options.edge_port}"
        office = f"http://localhost:{self.options.office_port}"
        return {
            "Live site": edge.format(host=self.built.host) + "/",
            "The same by path": edge.format(host="localhost") + f"/s/{self.built.label}/",
            "Studio": f"{office}/studio/",
            "Console": f"{office}{settings.CONSOLE_PATH}",
            "API docs": f"{office}/api/docs/",
            "Mailbox": str(settings.MAILBOX),
        }

    def _visit(self) -> None:
        """Send those who have not come yet: whoever is known by name came at an earlier run."""
        seed = self.options.seed
        with self.milestones.reach("Visitors browse and write") as browsed:
            names = {
                visitors.anonymous_id(seed, number): number
                for number in range(self.options.visitors)
            }
            known = ContactIdentity.objects.filter(
                workspace=self.people.workspace, kind="anonymous_id", value__in=names
            ).values_list("value", flat=True)
            numbers = sorted(set(names.values()) - {names[value] for value in known})
            site = visitors.Site(
                edge=self.edge,
                host=f"{self.built.host}:{self.options.edge_port}",
                write_key=self.built.write_key,
                pages=self.built.pages,
                form_page=self.built.form_page,
                component_id=self.built.component_id,
            )
            try:
                sent = asyncio.run(visitors.browse(site=site, seed=seed, numbers=numbers))
            except httpx.HTTPError as error:
                raise DemoError(f"A visitor was turned away: {error}") from error
            mine = {"workspace": self.people.workspace}
            browsed.count(
                contacts=Contact.objects.filter(**mine).count(),
                events=Event.objects.filter(**mine).count(),
                forms=Event.objects.filter(**mine, event_name="form_submitted").count(),
            )
            browsed.detail = (
                f"{sent.visitors} came now: {sent.page_views} pages, {sent.forms} forms"
            )

    def _let_workflows_run(self) -> None:
        with self.milestones.reach("Workflows run") as ran:
            runs = WorkflowExecution.objects.filter(workspace=self.people.workspace)
            deadline = time.monotonic() + PATIENCE
            while runs.unfinished().exists() or self._mail_waits():
                if time.monotonic() > deadline:
                    raise DemoError(
                        f"The worker left {runs.unfinished().count()} runs undone in "
                        f"{PATIENCE:.0f} s; its log says why."
                    )
                time.sleep(0.1)
            mine = {"workspace": self.people.workspace}
            ran.count(
                runs=runs.filter(status="succeeded").count(),
                leads=Lead.objects.filter(**mine).count(),
                mails=MailMessage.objects.filter(**mine, status="sent").count(),
            )

    def _mail_waits(self) -> bool:
        return MailMessage.objects.filter(
            workspace=self.people.workspace, status__in=["queued", "sending"]
        ).exists()

    def _roll_up(self) -> None:
        """Ask the worker for the roll-up that beat would ask for within a minute."""
        with self.milestones.reach("Traffic rolled up") as rolled:
            wanted = Event.objects.filter(
                workspace=self.people.workspace, event_name="form_submitted"
            ).count()
            roll_up_traffic.delay()
            days = TrafficRollup.objects.days().filter(workspace=self.people.workspace)
            deadline = time.monotonic() + PATIENCE
            while days.totals()["submissions"] < wanted:
                if time.monotonic() > deadline:
                    raise DemoError("The roll-up did not arrive; the worker's log says why.")
                time.sleep(0.1)
            totals = days.totals()
            rolled.count(
                buckets=TrafficRollup.objects.filter(workspace=self.people.workspace).count(),
                visits=totals["visits"],
                forms=totals["submissions"],
                leads=totals["leads"],
            )
