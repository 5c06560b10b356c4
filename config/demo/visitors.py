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

AT_ONCE = 24
DAYS_BACK = 28
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
                await _visit(client, site, seed, number, traffic)

        await asyncio.gather(*(one(number) for number in numbers))
    return traffic


async def _visit(
    client: httpx.AsyncClient, site: Site, seed: int, number: int, traffic: Traffic
) -> None:
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 a simulation is to be repeatable
    person = anonymous_id(seed, number)
    session = str(uuid.uuid5(uuid.NAMESPACE_URL, person))
    began = datetime.datetime.now(datetime.UTC) - datetime.timedelta(
        minutes=chance.triangular(0, DAYS_BACK * 24 * 60, 0)
    )
    fills_in = chance.random() < 0.14
    seen = [site.pages[0], *chance.sample(site.pages, k=chance.randint(0, len(site.pages) - 1))]
    if fills_in:
        seen.append(site.form_page)
    for path in dict.fromkeys(seen):
        (await client.get(path)).raise_for_status()
    batch = [_identify(person, number, seed)]
    for index, path in enumerate(dict.fromkeys(seen)):
        at = began + datetime.timedelta(seconds=20 * index + chance.randint(1, 15))
        batch.append(_page(person, session, path, at, index))
    await _send(client, site, batch)
    traffic.visitors += 1
    traffic.page_views += len(batch) - 1
    if fills_in:
        await _fill_in(client, site, person, session, number, chance)
        traffic.forms += 1


def _identify(person: str, number: int, seed: int) -> dict[str, Any]:
    return {
        "type": "identify",
        "messageId": f"{person}-identify",
        "anonymousId": person,
        "traits": {"simulated": True, "demo_seed": seed, "number": number},
    }


def _page(
    person: str, session: str, path: str, at: datetime.datetime, index: int
) -> dict[str, Any]:
    return {
        "type": "page",
        "messageId": f"{person}-page-{index}",
        "anonymousId": person,
        "timestamp": at.isoformat(),
        "properties": {"path": path},
        "context": {"sessionId": session},
    }


async def _send(client: httpx.AsyncClient, site: Site, batch: list[dict[str, Any]]) -> None:
    sent_at = datetime.datetime.now(datetime.UTC).isoformat()
    body = {"batch": batch, "sentAt": sent_at, "writeKey": site.write_key}
    (await client.post("/v1/batch", json=body)).raise_for_status()


async def _fill_in(
    client: httpx.AsyncClient,
    site: Site,
    person: str,
    session: str,
    number: int,
    chance: random.Random,
) -> None:
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    fields = {
        "name": f"{first} {last}",
        "email": f"{first}.{last}.{number}@visitors.example".lower(),
        "message": chance.choice(MESSAGES),
        "_path": site.form_page,
        "_anonymous_id": person,
        "_session_id": session,
    }
    response = await client.post(f"/_hh/forms/{site.component_id}", data=fields)
    if response.status_code != 303:
        response.raise_for_status()
        raise httpx.HTTPStatusError(
            f"the form answered {response.status_code}", request=response.request, response=response
        )
