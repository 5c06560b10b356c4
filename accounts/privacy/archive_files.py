"""What is in an archive: one file of JSON lines a table, a manifest, and what it all is.

Rows are read and written a few thousand at a time, so that the memory does not grow with them.
"""

import datetime
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson
from django.db import models, transaction
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.privacy.redaction import excerpts
from accounts.privacy.rules import Rule, plan
from accounts.privacy.subjects import Subject

# Never in an archive, whoever forgot to declare them.
SECRET: Final = re.compile(
    r"(^|_)(password|secret|token|hashed|lease)(_|$)|^(embedding|session_key)$"
)
CHUNK: Final = 2000


def write_archive(*, subject: Subject, path: Path, now: datetime.datetime) -> int:
    """Write the zip file at `path`; returns how many rows it has."""
    files: list[dict[str, Any]] = []
    with (
        transaction.atomic(),
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive,
    ):
        for name, rules in _by_file(subject).items():
            count = _write_rows(archive, name, rules, subject)
            if count:
                files.append(_entry(name, rules[0].model, count))
        total: int = sum(entry["rows"] for entry in files)
        manifest = {
            "format": "halfhour.export/1",
            "made_at": now.isoformat(),
            "subject": {"kind": subject.kind, "id": str(subject.id)},
            "rows": total,
            "files": files,
        }
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
        for language, readme in (("en", "README.txt"), ("ar", "README.ar.txt")):
            archive.writestr(readme, _readme(language, subject, files, now))
    return total


def _by_file(subject: Subject) -> dict[str, list[Rule]]:
    """The rules by the file that their rows go to: a table's whole rows, or what mentions one."""
    files: dict[str, list[Rule]] = {}
    for rule in plan(subject.kind):
        if rule.is_mention:
            files.setdefault(f"mentions/{rule.model._meta.label_lower}.ndjson", []).append(rule)
        elif rule.personal.exported:
            files.setdefault(f"data/{rule.model._meta.label_lower}.ndjson", []).append(rule)
    return dict(sorted(files.items()))


def _write_rows(archive: zipfile.ZipFile, name: str, rules: list[Rule], subject: Subject) -> int:
    """Write a file's rows; a file without rows is not made."""
    lines = _lines(rules, subject)
    first = next(lines, None)
    if first is None:
        return 0
    count = 1
    with archive.open(name, "w", force_zip64=True) as file:
        file.write(first)
        for line in lines:
            file.write(line)
            count += 1
    return count


def _lines(rules: list[Rule], subject: Subject) -> Iterator[bytes]:
    """One JSON document a row and line; what two rules find comes once."""
    for index, rule in enumerate(rules):
        if rule.is_mention:
            yield from _mentions(rule, subject)
            continue
        rows = rule.rows(subject)
        for earlier in rules[:index]:
            rows = rows.exclude(pk__in=earlier.rows(subject).values("pk"))
        names = [column.attname for column in rule.model._meta.fields if _is_told(rule, column)]
        for row in rows.order_by("pk").values(*names).iterator(chunk_size=CHUNK):
            yield orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE)


def _mentions(rule: Rule, subject: Subject) -> Iterator[bytes]:
    """Of rows that are another's or nobody's, only what is about the person."""
    name = rule.personal.by_email
    found = rule.rows(subject).order_by("pk").values_list("pk", name)
    for key, document in found.iterator(chunk_size=CHUNK):
        told = {"id": key, "field": name, "found": excerpts(document, subject.addresses)}
        yield orjson.dumps(told, default=str, option=orjson.OPT_APPEND_NEWLINE)


def _is_told(rule: Rule, column: Any) -> bool:
    secret = {
        name
        for each in plan(rule.personal.subject)
        for name in each.personal.secret
        if each.model is rule.model
    }
    return (
        column.name not in secret
        and not SECRET.search(column.name)
        and isinstance(column, models.Field)
        and not isinstance(column, models.BinaryField)
    )


def _entry(name: str, model: type[models.Model], count: int) -> dict[str, Any]:
    titles = {}
    for language in ("en", "ar"):
        with translation.override(language):
            titles[language] = str(capfirst(model._meta.verbose_name_plural))
    return {"file": name, "record": model._meta.label, "title": titles, "rows": count}


def _readme(
    language: str, subject: Subject, files: list[dict[str, Any]], now: datetime.datetime
) -> str:
    with translation.override(language):
        about = (
            _("Everything that Halfhour keeps about you.")
            if subject.kind == "user"
            else _("Everything that one workspace of Halfhour keeps about a visitor of its sites.")
        )
        lines = [
            about,
            "",
            _("Made on %(day)s (UTC).") % {"day": f"{now.astimezone(datetime.UTC):%Y-%m-%d %H:%M}"},
            "",
            _("Each file is a table: one record a line, as JSON. Times are UTC."),
            _("Files under “mentions” hold what other records say with your address in it."),
            _("Passwords, keys and other secrets are left out. manifest.json counts the records."),
            "",
            *(f"{each['file']}: {each['title'][language]} ({each['rows']})" for each in files),
        ]
    return "\n".join(lines) + "\n"
