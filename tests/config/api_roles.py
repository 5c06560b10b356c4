"""Every route of the API, asked by everyone: who may do what, found out by doing it.

What docs/api.md says is compared with this (test_api_roles.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import Role
from accounts.privacy import archives, erasure
from builder.models import Project, ProjectCollaborator
from config.urls import api, router
from journeys.models import Contact
from journeys.privacy import contact_subject
from tests.examples import Scene
from tests.factories import MembershipFactory
from tests.journeys.factories import ContactFactory

MEMBERS = tuple(Role.values)
INSIDERS = (*MEMBERS, "server")
OUTSIDERS = ("ingest", "stranger", "nobody")
# The router's methods by the words of the table.
WRITES = {"create": "post", "change": "patch", "delete": "delete"}
WORDS = {method: word for word, method in WRITES.items()}
PARAMETER = re.compile(r"\(\?P<(\w+)>.*\)")
ROUTES: dict[str, list[Any]] = {}
for _prefix, _viewset, _basename in router.registry:
    ROUTES.setdefault(_prefix, []).append(_viewset)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody with a client; `owns` tells that the scene's rows of people are theirs."""

    role: str
    client: APIClient
    owns: bool


def callers(scene: Scene) -> list[Caller]:
    """One of every role; the owner is the scene's own person."""
    made = [Caller(role="owner", client=_client(scene, "personal", scene.user), owns=True)]
    for role in MEMBERS[1:]:
        user = MembershipFactory(workspace=scene.workspace, role=role).user
        made.append(Caller(role=role, client=_client(scene, "personal", user), owns=False))
    made.append(Caller(role="server", client=_client(scene, "server", None), owns=False))
    made.append(Caller(role="ingest", client=_client(scene, "ingest", None), owns=False))
    stranger = MembershipFactory(role="owner")
    elsewhere = Scene(workspace=stranger.workspace, user=stranger.user)
    theirs = _client(elsewhere, "personal", stranger.user)
    made.append(Caller(role="stranger", client=theirs, owns=False))
    made.append(Caller(role="nobody", client=APIClient(), owns=False))
    return made


def _client(scene: Scene, kind: str, user: Any) -> APIClient:
    _key, secret = issue_key(workspace=scene.workspace, kind=kind, name=kind, user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def record_of(scene: Scene, prefix: str) -> Any:
    """The scene's record of a route; of members another than the owner, whom nobody removes."""
    if prefix == "memberships":
        return MembershipFactory(workspace=scene.workspace, role="viewer")
    viewset = next(one for one in ROUTES[prefix] if hasattr(one, "list"))
    queryset = getattr(viewset, "queryset", None)
    if queryset is None:
        return None
    if queryset.model is Project:
        scene.one(ProjectCollaborator)
    return scene.one(queryset.model)


def operations(prefix: str) -> Iterator[tuple[str, str, bool]]:
    """Name, method and whether it is about one record, of all that a route offers."""
    for viewset in ROUTES[prefix]:
        if hasattr(viewset, "list"):
            yield "list", "get", False
        if hasattr(viewset, "retrieve"):
            yield "read", "get", True
        names = {"create": "create", "change": "partial_update", "delete": "destroy"}
        for word, name in names.items():
            if hasattr(viewset, name) and WRITES[word] in viewset.http_method_names:
                yield word, WRITES[word], word != "create"
        for extra in viewset.get_extra_actions():
            for method in extra.mapping:
                yield PARAMETER.sub(r"{\1}", extra.url_path), method, extra.detail


def beside(scene: Scene) -> Iterator[tuple[str, str, str, bool, str]]:
    """What is offered beside the router's records: row, name, method, whether about one record,
    and the address, of a record of the scene.
    """
    export = archives.request(subject=contact_subject(scene.one(Contact)), requested_by=None)
    archives.make(export.pk, now=timezone.now())
    job, token = erasure.request(subject=contact_subject(ContactFactory(workspace=scene.workspace)))
    keys = {"privacy/exports": export.pk, "privacy/erasures": job.pk, "privacy/receipts": token}
    for pattern in api:
        route = str(pattern.pattern)
        start, key, action = re.fullmatch(r"([^<]*)(<[^>]*>/)?(.*)", route).groups()
        row, view = start.rstrip("/"), pattern.callback
        address = f"/api/v1/{start}{f'{keys[row]}/' if key else ''}{action or ''}"
        for method in _methods(view):
            word = action.rstrip("/") or {"get": "read"}.get(method) or WORDS[method]
            yield row, word, method, bool(key), address


def _methods(view: Any) -> list[str]:
    """Of an address: what a viewset's route or a plain view answers to."""
    plain = [method for method in view.cls.http_method_names if hasattr(view.cls, method)]
    return [method for method in getattr(view, "actions", plain) if method in ("get", *WORDS)]


def ask(caller: Caller, prefix: str, record: Any, operation: tuple[str, str, bool]) -> int:
    """The status that the caller gets; whatever the request did is taken back."""
    name, method, detail = operation
    address = f"/api/v1/{prefix}/"
    if detail:
        address += f"{record.pk}/"
    if name not in ("list", "read", *WRITES):
        address += f"{name}/"
    if "{user}" in address:
        collaborator = ProjectCollaborator.objects.get(project=record)
        address = address.replace("{user}", str(collaborator.user_id))
    return send(caller, method, address.replace("{number}", "1"))


def send(caller: Caller, method: str, address: str) -> int:
    """The status of a request, with an empty body; whatever it did is taken back."""
    ask = getattr(caller.client, method)
    with transaction.atomic():
        response = ask(address) if method in ("get", "delete") else ask(address, {})
        for _chunk in response.streaming_content if response.streaming else ():
            pass  # to the end, where files are closed
        transaction.set_rollback(True)
    status: int = response.status_code
    return status
