"""What all other tests stand on: an empty database, made by today's migrations."""

from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests import own_database
from tests.config.console_walk import new_scene


def rows():
    """How many rows each table has, by its name."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f'select count(*) from "{table}"')  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("as_superuser", [True, False])
def test_nothing_is_left_of_a_test_that_committed(monkeypatch, as_superuser):
    if not as_superuser:
        monkeypatch.setattr(own_database, "_administrator", lambda _name: None)
    before = rows()
    new_scene()
    filled = {table for table, many in rows().items() if many > before[table]}
    assert len(filled) > 60
    own_database.empty(partial(call_command, "flush", verbosity=0, interactive=False))
    left = rows()
    kept = {"auth_permission", "django_content_type"}
    assert {table for table, many in left.items() if many} == kept
    assert {table: left[table] for table in kept} == {table: before[table] for table in kept}


def test_whatever_a_migration_reads_is_part_of_the_templates_name():
    known = own_database.sources()
    root = Path(settings.BASE_DIR)
    migrations = [*root.glob("*/migrations/*.py"), *root.glob("*/migrations/sql/*.sql")]
    assert len(migrations) > 60
    assert set(migrations) <= set(known)
    assert {root / "accounts/tenancy/operations.py", root / "uv.lock"} <= set(known)


@pytest.mark.django_db
def test_another_content_is_another_template(tmp_path):
    migration = tmp_path / "0001.py"
    migration.write_text("pass")
    first = own_database.digest_of([migration])
    assert own_database.digest_of([migration]) == first
    migration.write_text("pass ")
    assert own_database.digest_of([migration]) != first
