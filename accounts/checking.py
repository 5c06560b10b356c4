"""Rules that no constraint can hold, looked at when somebody asks (`manage.py check_data`).

An app says its own in a module `integrity`, which is found as `admin` is:

    @checked(name="…", title="…", mend="…")
    def …() -> Iterable[Finding]: ...

Each check is a few statements over whole tables and changes nothing. Counters that are raised by
one may stand above what they count where rows are deleted in time; those never stand below it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils.module_loading import autodiscover_modules

Look = Callable[[], Iterable["Finding"]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that breaks a rule: which record, by label and key, and what is wrong with it."""

    record: str
    key: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`name` is `<app>.<rule>`, `title` what must hold, `mend` what to do about a finding."""

    name: str
    title: str
    mend: str
    look: Look


def rows(record: str, statement: str) -> Iterator[Finding]:
    """A finding for every row of a statement whose columns are a key and what is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchall()
    for key, detail in found:
        yield Finding(record, str(key), detail)


CHECKS: Final[dict[str, Check]] = {}


def checked(*, name: str, title: str, mend: str) -> Callable[[Look], Look]:
    """Register a check. Raises ValueError for a name that is taken."""

    def register(look: Look) -> Look:
        if name in CHECKS and CHECKS[name].look.__module__ != look.__module__:
            raise ValueError(f"Two checks are called {name}.")
        CHECKS[name] = Check(name=name, title=title, mend=mend, look=look)
        return look

    return register


def all_checks() -> list[Check]:
    """Every app's checks, by name."""
    autodiscover_modules("integrity")
    return [CHECKS[name] for name in sorted(CHECKS)]


def run(names: Iterable[str] = ()) -> Iterator[tuple[Check, list[Finding]]]:
    """Look at the named checks, or at all, one after the other. Raises KeyError for a name."""
    known = {check.name: check for check in all_checks()}
    chosen = [known[name] for name in names] or list(known.values())
    for check in chosen:
        yield check, list(check.look())
