"""Visitors and what they did, one after another: pure arithmetic over a seed.

The shape is that of a small company's site: most visitors come once and look at two or three
pages, some come back, evenings (Riyadh) are busiest, Fridays quiet, and one visit in thirty ends
with the form; who sends it says who they are.
"""

import datetime
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from config.sample.names import (
    AGENTS,
    CITIES,
    COMPANIES,
    FAMILY,
    GIVEN,
    IN_ARABIC,
    JOBS,
    PAGES,
    ROASTERY,
    SEGMENTS,
    SOURCES,
)

DAYS: Final = 90
FORM_RATE: Final = 1 / 30
NAMED_RATE: Final = 0.35
ARABIC_RATE: Final = 0.5
# How busy the hours of a day are, from midnight in Riyadh.
HOURS: Final = (3, 2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 8, 7, 8, 10, 12, 13, 14, 16, 18, 17, 12, 7)
RIYADH: Final = datetime.timezone(datetime.timedelta(hours=3))
FRIDAY: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A contact; `email` is empty for those who never said who they are."""

    id: uuid.UUID
    anonymous_id: str
    email: str
    name: str
    traits: str
    segment: str
    first_seen: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One event; `properties` and `context` are JSON."""

    visitor: Visitor
    number: int
    type: str
    name: str
    properties: str
    context: str
    at: datetime.datetime
    session: uuid.UUID
    address: str
    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The site that is visited, by its pages' paths, and the moment up to which."""

    until: datetime.datetime
    pages: Sequence[str]


def visitors(*, count: int, seed: int, until: datetime.datetime) -> list[Visitor]:
    """`count` visitors who first came in the 90 days before `until`, the earliest first."""
    chance = random.Random(f"visitors:{seed}")  # noqa: S311 - to be the same every time
    days = sorted(chance.random() for _ in range(count))
    return [
        _visitor(chance, number=number, at=until - datetime.timedelta(days=DAYS * (1 - day)))
        for number, day in enumerate(days)
    ]


def actions(
    *,
    of: list[Visitor],
    count: int,
    seed: int,
    until: datetime.datetime,
    pages: Sequence[str] = PAGES,
) -> Iterator[Action]:
    """At least one and in all exactly `count` actions of the visitors, visit by visit."""
    place = _Place(until=until, pages=pages)
    chance = random.Random(f"actions:{seed}")  # noqa: S311 - to be the same every time
    number = 0
    visits = [*of, *chance.choices(of, k=count)]
    for visitor in visits:
        for action in _visit(chance, visitor, first=number, place=place):
            if number == count:
                return
            yield action
            number += 1


def _visitor(chance: random.Random, *, number: int, at: datetime.datetime) -> Visitor:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    name, named = f"{given} {family}", chance.random() < NAMED_RATE
    address = f"{name.lower().replace(' ', '.')}.{number}@example.com"
    if given in IN_ARABIC and family in IN_ARABIC and chance.random() < ARABIC_RATE:
        name = f"{IN_ARABIC[given]} {IN_ARABIC[family]}"
    traits = {"sample": True, "city": chance.choice(CITIES), "source": chance.choice(SOURCES)}
    if named:
        traits |= {"name": name, "company": chance.choice(COMPANIES), "job": chance.choice(JOBS)}
    return Visitor(
        id=uuid7(at, chance),
        anonymous_id=f"sample-{number}",
        email=address if named else "",
        name=name if named else "",
        traits=json.dumps(traits),
        segment=chance.choice(SEGMENTS),
        first_seen=at,
    )


def _visit(
    chance: random.Random, visitor: Visitor, *, first: int, place: "_Place"
) -> Iterator[Action]:
    begun = _moment(chance, visitor.first_seen, place.until)
    session = uuid7(begun, chance)
    agent = chance.choice(AGENTS)
    address = f"10.{chance.randrange(256)}.{chance.randrange(256)}.0"
    source = chance.choice(SOURCES)
    pages = 1 + min(7, int(chance.expovariate(0.55)))
    submits_at_all = chance.random() < (FORM_RATE / NAMED_RATE if visitor.email else 0)
    for step in range(pages + submits_at_all):
        submits = step == pages
        path = "/contact" if submits else chance.choice(place.pages)
        yield Action(
            visitor=visitor,
            number=first + step,
            type="track" if submits else "page",
            name="form_submitted" if submits else "page_view",
            properties=_PROPERTIES[path, source],
            context=_CONTEXT[path.startswith("/ar")],
            at=min(begun + datetime.timedelta(seconds=25 * step), place.until),
            session=session,
            address=address,
            agent=agent,
        )


def _moment(
    chance: random.Random, since: datetime.datetime, until: datetime.datetime
) -> datetime.datetime:
    """Some time between the two, likelier when people are awake; once in four the first visit."""
    span = (until - since).total_seconds()
    day = since + datetime.timedelta(seconds=span * chance.random() ** 2)
    if day.astimezone(RIYADH).weekday() == FRIDAY and chance.random() < 0.6:
        day -= datetime.timedelta(days=1)
    hour = chance.choices(range(24), weights=HOURS)[0]
    local = day.astimezone(RIYADH).replace(
        hour=hour, minute=chance.randrange(60), second=chance.randrange(60)
    )
    return min(max(local.astimezone(datetime.UTC), since), until)


def uuid7(at: datetime.datetime, chance: random.Random) -> uuid.UUID:
    """A UUID of version 7 (RFC 9562) for a moment, its random bits from `chance`."""
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | 0x7 << 76 | chance.getrandbits(12) << 64
    return uuid.UUID(int=value | 0b10 << 62 | chance.getrandbits(62))


_PROPERTIES = {
    (path, source): json.dumps({"path": path, **({"utm_source": source} if source else {})})
    for path in (*PAGES, *ROASTERY)
    for source in SOURCES
}
_CONTEXT = {
    arabic: json.dumps({"locale": "ar-SA" if arabic else "en-US", "library": {"name": "sample"}})
    for arabic in (False, True)
}
