"""The answers that the API's document shows: a scene's own, asked for over the API.

What changes from run to run is put in order: keys are made of the model's name, so that a project
has one key in every answer; moments counted from the present are counted from NOON.
"""

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import DataExport, ErasureRequest, Membership
from accounts.privacy import archives, erasure
from builder.models import BinnedProject, Project
from journeys.privacy import contact_subject
from tests.config.api_roles import ROUTES, record_of
from tests.examples import EXAMPLES, Scene
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory
from tests.journeys.factories import ContactFactory, EventFactory

LINES = "application/x-ndjson"
# What an answer is shown of where it is bytes: nothing.
FILES = frozenset({"application/zip", "image/webp"})
NOON = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d)")
# Of these so many bytes are shown, in base64.
_RANDOM = {"public_key": 32, "signature": 64, "prefix": 6, "session_token": 32}
# What has just begun has taken no time yet; these are times that such things take.
_ELAPSED = {"duration_days": 14.0, "total_time_minutes": 24.5}
# Those of contents, whole or in the name of a file.
_DIGEST = re.compile(r"\b[0-9a-f]{32,64}\b|(?<=\.)[0-9a-f]{12}(?=\.)")


def documented() -> dict[str, Any]:
    """The OpenAPI document as it is now."""
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return document


def reads(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path and description of every operation that reads."""
    for path, item in document["paths"].items():
        if "get" in item:
            yield path, item["get"]


def media_of(operation: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Type and description of what a read answers."""
    ((media, described),) = operation["responses"]["200"]["content"].items()
    return media, described


def answers(document: dict[str, Any]) -> dict[str, Any]:
    """What each read answers, by its operation's id: JSON, or of an export its text."""
    asked = _Asked()
    return {
        operation["operationId"]: asked.answer(path, lines=media_of(operation)[0] == LINES)
        for path, operation in sorted(reads(document), key=lambda read: read[0])
        if media_of(operation)[0] not in FILES
    }


class _Asked:
    """A scene of a coffee house with one of everything, and its owner with a key."""

    def __init__(self) -> None:
        owner = MembershipFactory(
            role="owner",
            user=UserFactory(email="noura@example.com"),
            workspace=WorkspaceFactory(name="Suhail Coffee", slug="suhail-coffee"),
        )
        self.scene = Scene(workspace=owner.workspace, user=owner.user)
        self.scene.everything()
        Project.objects.filter(workspace=owner.workspace).update(is_public=True)
        self.archive, self.erased, self.token = _privacy(self.scene)
        self.clients = {name: _client(self.scene, is_staff=name) for name in (False, True)}
        self.known = {
            str(self.scene.one(model).pk): _key(model._meta.label_lower) for model in EXAMPLES
        }

    def answer(self, path: str, *, lines: bool) -> Any:
        record = self._record(path)
        asked = {"id": str(record and record.pk), "token": self.token, "number": "1"}
        address = path.format(**asked) + ("?from=1" if path.endswith("/compare/") else "")
        response = self.clients["system-metrics" in path].get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        streamed = response.streaming_content if response.streaming else [response.content]
        text = b"".join(streamed).decode()
        if not lines:
            return self._tidy(_short(json.loads(text), record), path)
        shown = _one_of([json.loads(line) for line in text.splitlines()], record)
        return json.dumps(self._tidy(shown[0], path), ensure_ascii=False) + "\n"

    def _record(self, path: str) -> Any:
        prefix, rest = path.removeprefix("/api/v1/").split("/", 1)
        if prefix == "memberships":
            return self.scene.one(Membership)
        if rest.startswith("bin/"):
            return self.scene.one(BinnedProject)
        if prefix == "privacy":
            return self.archive if rest.startswith("exports") else self.erased
        return record_of(self.scene, prefix) if prefix in ROUTES else None

    def _tidy(self, value: Any, place: str) -> Any:
        """The value as it would be on NOON, with lasting keys; `place` tells where it stands."""
        if isinstance(value, dict):
            return {
                self._tidy(name, place): self._member(name, one, f"{place}/{name}")
                for name, one in value.items()
            }
        if isinstance(value, list):
            return [self._tidy(one, f"{place}/{index}") for index, one in enumerate(value)]
        if not isinstance(value, str):
            return value
        value = _UUID.sub(lambda key: self.known.get(key[0]) or _key(place), value)
        value = _DIGEST.sub(lambda found: _digest(place)[: len(found[0])], value)
        return _MOMENT.sub(_on_noon, value)

    def _member(self, name: str, value: Any, place: str) -> Any:
        if name == "id" and isinstance(value, int):
            return 1
        if name in _ELAPSED and value is not None:
            return _ELAPSED[name]
        if name in _RANDOM and value:
            return base64.b64encode(
                hashlib.sha512(name.encode()).digest()[: _RANDOM[name]]
            ).decode()
        return self._tidy(value, place)


def _privacy(scene: Scene) -> tuple[DataExport, ErasureRequest, str]:
    """An archive that is ready, and an erasure that is done, with the token of its receipt."""
    archive = scene.one(DataExport)
    archives.make(archive.pk, now=timezone.now())
    gone = ContactFactory(workspace=scene.workspace, email="left@example.com")
    EventFactory(contact=gone)
    job, token = erasure.request(subject=contact_subject(gone), requested_by=scene.user)
    return archive, erasure.run(job.pk), token


def _client(scene: Scene, *, is_staff: bool) -> APIClient:
    """The owner's; or as the platform's staff, who read what is the platform's."""
    user = scene.user
    if is_staff:
        user = UserFactory(email="staff@example.com", is_staff=True)
        MembershipFactory(workspace=scene.workspace, user=user)
    _row, secret = issue_key(workspace=scene.workspace, kind="personal", name="Mine", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _key(text: str) -> str:
    """A key that is always the same for the text; a UUID of version 7."""
    return f"0199c2d4-5b7e-7000-8000-{_digest(text)[:12]}"


def _on_noon(found: re.Match[str]) -> str:
    """A moment that the present was part of (it has microseconds), as far from NOON, in hours."""
    passed = dt.datetime.fromisoformat(found[0]) - timezone.now()
    moment = NOON + dt.timedelta(hours=round(passed / dt.timedelta(hours=1)))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _short(answer: Any, record: Any) -> Any:
    """A list with one item, in its envelope where it has one."""
    if isinstance(answer, list):
        return _one_of(answer, record)
    if isinstance(answer, dict) and isinstance(answer.get("results"), list):
        return {**answer, "results": _one_of(answer["results"], record)}
    return answer


def _one_of(items: list[Any], record: Any) -> list[Any]:
    """The scene's record among them, or else the first."""
    assert items, f"nothing to show of {record!r}"
    return [item for item in items if item.get("id") == str(record and record.pk)] or items[:1]
