import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from accounts import checking

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Look for rows that break a rule which no constraint can hold, and say how to mend them. "
        "Changes nothing. Ends with 1 where something is found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="check", help="Only these (all)")
        parser.add_argument("--list", action="store_true", help="Only say which checks there are")
        parser.add_argument("--json", action="store_true", help="For programs, every finding")

    def handle(self, *_: Any, names: list[str], **options: Any) -> None:
        known = {check.name: check for check in checking.all_checks()}
        for name in names:
            if name not in known:
                raise CommandError(f"There is no check {name}; there are: {', '.join(known)}.")
        if options["list"]:
            for check in known.values():
                self.stdout.write(f"{check.name}: {check.title}")
            return
        results = list(checking.run(names))
        if options["json"]:
            self.stdout.write(json.dumps(_document(results), ensure_ascii=False, indent=2))
        else:
            self._show(results)
        if any(findings for _check, findings in results):
            sys.exit(1)

    def _show(self, results: list[tuple[checking.Check, list[checking.Finding]]]) -> None:
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        for check, findings in results:
            if not findings:
                continue
            table = Table("Record", "Key", "What is wrong", title=f"{check.name}: {check.title}")
            for finding in findings[:SHOWN]:
                table.add_row(finding.record, finding.key, finding.detail)
            console.print(table)
            if len(findings) > SHOWN:
                self.stdout.write(f"… and {len(findings) - SHOWN:,} more (--json has them all)")
            self.stdout.write(f"To mend: {check.mend}")
        total = sum(len(findings) for _check, findings in results)
        self.stdout.write(f"{len(results)} checks, {total:,} findings.")


def _document(results: list[tuple[checking.Check, list[checking.Finding]]]) -> list[dict[str, Any]]:
    return [
        {
            "check": check.name,
            "title": check.title,
            "mend": check.mend,
            "findings": [
                {"record": each.record, "key": each.key, "detail": each.detail} for each in findings
            ],
        }
        for check, findings in results
    ]
