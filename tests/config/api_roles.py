"""Every route of the API, asked by everyone: who may do what, found out by doing it.

What docs/api.md says is compared with this (test_api_roles.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import Role
from config.urls import router
from tests.examples import Scene
from tests.factories import MembershipFactory

MEMBERS = tuple(Role.values)
INSIDERS = (*MEMBERS, "server")
OUTSIDERS = ("ingest", "stranger", "nobody")
# The router's methods by the words of the table.
WRITES = {"create": "post", "change": "patch", "delete": "delete"}
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
    return scene.one(queryset.model) if queryset is not None else None


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
            if "(?P" not in extra.url_path:
                for method in extra.mapping:
                    yield extra.url_path, method, extra.detail


def ask(caller: Caller, prefix: str, record: Any, operation: tuple[str, str, bool]) -> int:
    """The status that the caller gets; whatever the request did is taken back."""
    name, method, detail = operation
    address = f"/api/v1/{prefix}/"
    if detail:
        address += f"{record.pk}/"
    if name not in ("list", "read", *WRITES):
        address += f"{name}/"
    with transaction.atomic():
        send = getattr(caller.client, method)
        status: int = (
            send(address) if method in ("get", "delete") else send(address, {})
        ).status_code
        transaction.set_rollback(True)
    return status
