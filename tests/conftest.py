"""What every test stands on: real PostgreSQL, real Valkey, nothing beyond this machine."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from pytest_socket import socket_allow_hosts

from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def pytest_configure() -> None:
    """Each worker has its own database, and its own numbered database of Valkey."""
    suffix = os.environ.get("PYTEST_DB_SUFFIX", "")
    database = settings.DATABASES["default"]
    if suffix:
        database.setdefault("TEST", {})["NAME"] = f"test_halfhour_{suffix}"
    number = 2 + int(WORKER.removeprefix("gw") or 0) if WORKER else 1
    url = (
        f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{number}"
        if _has_path()
        else (f"{settings.REDIS_URL}/{number}")
    )
    settings.REDIS_URL = settings.CELERY_BROKER_URL = url
    settings.CACHES["default"]["LOCATION"] = url
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _has_path() -> bool:
    return settings.REDIS_URL.count("/") > 2


@pytest.fixture(autouse=True)
def _only_this_machine() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page asked for in Arabic leaves its thread in Arabic: the next test begins anew."""
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture
def user(db):
    return UserFactory()


@pytest.fixture
def workspace(db):
    return WorkspaceFactory()


@pytest.fixture
def member(workspace, user):
    """The membership of `user`, an editor of `workspace`."""
    return MembershipFactory(workspace=workspace, user=user, role="editor")


@pytest.fixture
def api(member):
    """An API client signed in as an editor of `workspace`, by a personal token."""
    from rest_framework.test import APIClient

    from accounts.keys import issue_key

    _key, secret = issue_key(
        workspace=member.workspace, kind="personal", name="tests", user=member.user
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client
