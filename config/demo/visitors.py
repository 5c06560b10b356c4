"""Simulated visitors: they ask for pages, send what the tracker sends, and fill in the form.

Everything goes over HTTP to the edge. Each says of itself that it is simulated, in its traits.
"""

import asyncio
import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from config.demo.client import DemoError

AT_ONCE = 24
DAYS_BACK = 28
FORM_RATE = 0.14
RETURN_RATE = 0.18
RETURN_AFTER = 150  # minutes
FIRST_NAMES = ("Abdullah", "Layan", "Omar", "Reem", "Sara", "Khalid", "Hessa", "Yousef", "Maha",
               "Tariq", "Nadia", "James", "Elena", "Priya", "Mona", "Badr")  # fmt: skip
LAST_NAMES = ("Al-Ghamdi", "Al-Dosari", "Haddad", "Khan", "Al-Shehri", "Walker", "Mansour",
              "Al-Zahrani", "Petrova", "Farouk")  # fmt: skip
MESSAGES = (
    "Could you call me this week? We open a second branch in Jeddah.",
    "We would like a quote for twelve people.",
    "Do you work on Thursdays?",
    "نرغب في معرفة المزيد عن خدماتكم، شكراً.",
    "Your page answered all but one of my questions.",
)


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where the visitors go: `pages` are paths, `form_page` the one with the form."""

    edge: str
    host: str
    write_key: str
    pages: Sequence[str]
    form_page: str
    component_id: str


@dataclass(kw_only=True)
class Traffic:
    """What was sent, for comparison with what was stored."""

    visitors: int = 0
    page_views: int = 0
    forms: int = 0


def anonymous_id(seed: int, number: int) -> str:
    return f"demo-{seed}-{number}"


async def browse(*, site: Site, seed: int, numbers: Sequence[int]) -> Traffic:
    """Send the visitors with these numbers; the same seed and number is the same visitor."""
    traffic = Traffic()
    gate = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    headers = {"Host": site.host, "User-Agent": "Mozilla/5.0 (simulated visitor of the demo)"}
    async with httpx.AsyncClient(
        base_url=site.edge, headers=headers, limits=limits, timeout=30
    ) as client:

        async def one(number: int) -> None:
            async with gate:
                chance = random.Random(f"{seed}:{number}")  # noqa: S311 it is to be repeatable
                visitor = _Visitor(number=number, seed=seed, chance=chance)
                await _visit(client, site, visitor, traffic)

        await asyncio.gather(*(one(number) for number in numbers))
    return traffic


@dataclass(frozen=True, kw_only=True)
class _Visitor:
    """One simulated person; `chance` is theirs alone, so that they do the same every time."""

    number: int
    seed: int
    chance: random.Random

    @property
    def anonymous_id(self) -> str:
        return anonymous_id(self.seed, self.number)

    def session_id(self, visit: int) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.anonymous_id}-{visit}"))

    def paths(self, site: Site, *, fills_in: bool) -> list[str]:
        """The pages that this visitor asks for, in their order, each once."""
        more = self.chance.sample(site.pages, k=self.chance.randint(0, len(site.pages) - 1))
        last = [site.form_page] if fills_in else []
        return list(dict.fromkeys([site.pages[0], *more, *last]))


async def _visit(
    client: httpx.AsyncClient, site: Site, visitor: _Visitor, traffic: Traffic
) -> None:
    minutes_ago = visitor.chance.triangular(RETURN_AFTER, DAYS_BACK * 24 * 60, RETURN_AFTER)
    began = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=minutes_ago)
    fills_in = visitor.chance.random() < FORM_RATE
    times = 2 if visitor.chance.random() < RETURN_RATE else 1
    batch = [_identify(visitor)]
    for visit in range(times):
        paths = visitor.paths(site, fills_in=fills_in)
        for path in paths:
            (await client.get(path)).raise_for_status()
        at = began + datetime.timedelta(minutes=RETURN_AFTER * visit)
        batch += [_page(visitor, path, at, (visit, index)) for index, path in enumerate(paths)]
    await _send(client, site, batch)
    traffic.visitors += 1
    traffic.page_views += len(batch) - 1
    if fills_in:
        await _fill_in(client, site, visitor)
        traffic.forms += 1


def _identify(visitor: _Visitor) -> dict[str, Any]:
    return {
        "type": "identify",
        "messageId": f"{visitor.anonymous_id}-identify",
        "anonymousId": visitor.anonymous_id,
        "traits": {"simulated": True, "demo_seed": visitor.seed, "number": visitor.number},
    }


def _page(
    visitor: _Visitor, path: str, began: datetime.datetime, place: tuple[int, int]
) -> dict[str, Any]:
    """A page view; `place` is the visit and the page within it, both counted from 0."""
    visit, index = place
    at = began + datetime.timedelta(seconds=20 * index + visitor.chance.randint(1, 15))
    return {
        "type": "page",
        "messageId": f"{visitor.anonymous_id}-page-{visit}-{index}",
        "anonymousId": visitor.anonymous_id,
        "timestamp": at.isoformat(),
        "properties": {"path": path},
        "context": {"sessionId": visitor.session_id(visit)},
    }


async def _send(client: httpx.AsyncClient, site: Site, batch: list[dict[str, Any]]) -> None:
    sent_at = datetime.datetime.now(datetime.UTC).isoformat()
    body = {"batch": batch, "sentAt": sent_at, "writeKey": site.write_key}
    (await client.post("/v1/batch", json=body)).raise_for_status()


async def _fill_in(client: httpx.AsyncClient, site: Site, visitor: _Visitor) -> None:
    first, last = visitor.chance.choice(FIRST_NAMES), visitor.chance.choice(LAST_NAMES)
    fields = {
        "name": f"{first} {last}",
        "email": f"{first}.{last}.{visitor.number}@visitors.example".lower(),
        "message": visitor.chance.choice(MESSAGES),
        "_path": site.form_page,
        "_anonymous_id": visitor.anonymous_id,
        "_session_id": visitor.session_id(0),
    }
    response = await client.post(f"/_hh/forms/{site.component_id}", data=fields)
    if response.status_code != httpx.codes.SEE_OTHER:
        raise DemoError(f"The form answered {response.status_code}: {response.text[:300]}")
