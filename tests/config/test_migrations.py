"""Migrations go forward, back and forward again on a database that is full."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config.backup import with_name
from config.embedded.binaries import installed

pytestmark = pytest.mark.long

ROOT = Path(settings.BASE_DIR)
APPS = (
    "analytics", "conversations", "experiments", "personalization", "journeys", "builder",
    "config", "accounts",
)  # fmt: skip
# Where people's own rows stand already, and what came after them not yet.
FIRST = {
    "analytics": "0002", "conversations": "zero", "experiments": "zero",
    "personalization": "zero", "journeys": "0002", "builder": "0003", "config": "0003",
    "accounts": "0007",
}  # fmt: skip
FILL = """
import django, json
django.setup()
from tests.examples import Scene
from tests.factories import MembershipFactory
for _ in range(2):
    owner = MembershipFactory(role="owner")
    Scene(workspace=owner.workspace, user=owner.user).everything()
"""
KEPT = (
    "accounts_user", "accounts_workspace", "accounts_membership", "accounts_apikey",
    "builder_project", "builder_wireframe", "builder_release", "journeys_contact",
    "journeys_event", "journeys_lead", "journeys_workflow", "journeys_workflowexecution",
)  # fmt: skip


@pytest.fixture
def url():
    name = f"migrations_{secrets.token_hex(4)}"
    administration = with_name(settings.DATABASE_URL, "postgres")
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    yield with_name(settings.DATABASE_URL, name)
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(f"drop database {name}")


@pytest.fixture
def manage(url, tmp_path):
    """Run Python with the settings of that database."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "REDIS_URL": settings.REDIS_URL,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    return run


def schema(url):
    """Everything that the database is made of, as text; ids of this installation left out."""
    done = subprocess.run(
        [installed().tool("pg_dump"), "--schema-only", "--no-comments", f"--dbname={url}"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith(("\\", "--"))]
    return "\n".join(lines)


def counts(url):
    with psycopg.connect(url) as connection:
        return {
            table: connection.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608
            for table in KEPT
        }


def test_back_to_the_first_version_and_forward_again_keeps_what_was_there(url, manage):
    manage("manage.py", "migrate", "--verbosity", "0")
    manage("-c", FILL)
    whole, before = schema(url), counts(url)
    assert min(before.values()) >= 2, json.dumps(before)
    for app in APPS:
        manage("manage.py", "migrate", app, FIRST[app], "--verbosity", "0")
    assert counts(url) == before
    manage("manage.py", "migrate", "--verbosity", "0")
    assert counts(url) == before
    assert sorted(schema(url).splitlines()) == sorted(whole.splitlines())
    manage("manage.py", "check")


def test_back_to_nothing_and_forward_again(url, manage):
    manage("manage.py", "migrate", "--verbosity", "0")
    manage("-c", FILL)
    whole = schema(url)
    for app in APPS:
        manage("manage.py", "migrate", app, "zero", "--verbosity", "0")
    with psycopg.connect(url) as connection:
        left = connection.execute(
            """select relname from pg_class where relnamespace = 'public'::regnamespace
            and relkind in ('r', 'p', 'v') and relname ~ %s""",
            (f"^({'|'.join(APPS)})_",),
        ).fetchall()
        functions = connection.execute(
            """select proname from pg_proc p where pronamespace = 'public'::regnamespace
            and proname <> '_pgh_attach_context'  -- pghistory's own
            and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"""
        ).fetchall()
    assert left == []
    assert functions == []
    manage("manage.py", "migrate", "--verbosity", "0")
    assert sorted(schema(url).splitlines()) == sorted(whole.splitlines())
