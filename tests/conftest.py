"""What every test stands on: real PostgreSQL, real Valkey, nothing beyond this machine."""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from pytest_socket import socket_allow_hosts
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import own_database
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


def pytest_collection_finish() -> None:
    """What has been imported stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


@pytest.fixture(scope="session")
def _copying():
    """What is held until the database is a copy of the template."""
    with ExitStack() as held:
        yield held


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings, django_db_keepdb, django_db_createdb, django_db_blocker, _copying
):
    with django_db_blocker.unblock():
        if own_database.is_wanted(keep=django_db_keepdb and not django_db_createdb):
            name = _copying.enter_context(own_database.template())
            settings.DATABASES["default"]["TEST"]["TEMPLATE"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _copying):
    """Each worker's own database, a copy of the migrated one (tests/own_database.py)."""
    with django_db_blocker.unblock():
        _copying.close()
        own_database.commit_at_once()
        with own_database.emptied_quickly():
            yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_found_once():
    """Each client has middlewares of its own; which static files there are, is the same to all."""
    find = WhiteNoiseMiddleware.add_files_from_finders
    found = {}

    def remembered(self):
        key = (self.static_prefix, self.max_age, self.static_root)
        if key not in found:
            find(self)
            found[key] = dict(self.files)
        self.files.update(found[key])

    WhiteNoiseMiddleware.add_files_from_finders = remembered
    yield
    WhiteNoiseMiddleware.add_files_from_finders = find


@pytest.fixture(autouse=True)
def _only_this_machine() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page asked for in Arabic leaves its thread in Arabic: the next test begins anew.

    And the lines that a test logs are not those of the request that one before it made.
    """
    yield
    translation.deactivate()
    timezone.deactivate()
    structlog.contextvars.clear_contextvars()


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
