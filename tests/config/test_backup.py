"""Backups come back as they were, or say why not; what fails half-way leaves nothing."""

import io
import json
import os
import secrets
import subprocess
import sys
import time

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from config import backup

TABLES = """
create table django_migrations (id int, app text, name text, applied timestamptz default now());
insert into django_migrations values (1, 'accounts', '0001_initial');
create table guests (id int primary key, workspace_id uuid, name text) ;
alter table guests enable row level security;
create policy guests_read on guests for select to halfhour_tenant
    using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select on guests to halfhour_tenant;
create table visits (id bigint, at timestamptz, primary key (id, at)) partition by range (at);
create table visits_default partition of visits default;
insert into guests select n, gen_random_uuid(), 'ضيف ' || n from generate_series(1, 500) n;
insert into visits select n, now() from generate_series(1, 2000) n;
"""


@pytest.fixture
def url():
    """A small database of its own on the tests' server."""
    name = f"backup_{secrets.token_hex(4)}"
    address = backup.with_name(settings.DATABASE_URL, name)
    administration = backup.with_name(settings.DATABASE_URL, "postgres")
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    with psycopg.connect(address) as connection:
        connection.execute(TABLES)
    yield address
    with psycopg.connect(administration, autocommit=True) as connection:
        left = connection.execute(
            "select datname from pg_database where datname like %s", (f"{name}%",)
        )
        for (each,) in left.fetchall():
            connection.execute(f"drop database {each}")


@pytest.fixture
def operator(url, settings, tmp_path):
    """Run a command as an operator of that database."""
    settings.DATABASE_URL = url

    def run(*arguments):
        out = io.StringIO()
        call_command(*map(str, arguments), stdout=out, stderr=io.StringIO())
        return out.getvalue()

    return run


def one(address, statement):
    with psycopg.connect(address) as connection:
        return connection.execute(statement).fetchone()[0]


def databases(url):
    """Those of this test: others make theirs on the same server meanwhile."""
    mine = url.rpartition("/")[2]
    with psycopg.connect(url) as connection:
        there = connection.execute("select datname from pg_database").fetchall()
    return {name for (name,) in there if name.startswith((mine, "halfhour_verify"))}


def test_a_backup_is_counted_and_proved_by_restoring_it(operator, url, tmp_path):
    before = databases(url)
    told = operator("backup", tmp_path / "a.dump", "--verify")
    assert "2,501 rows of 3 tables" in told
    assert "restored elsewhere with the same counts" in told
    assert databases(url) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.dump", "a.dump.json"]
    assert json.loads((tmp_path / "a.dump.json").read_text())["tables"]["visits"] == 2000


def test_an_older_backup_is_not_written_over_by_mistake(operator, tmp_path):
    operator("backup", tmp_path / "a.dump")
    with pytest.raises(CommandError, match="--force"):
        operator("backup", tmp_path / "a.dump")
    operator("backup", tmp_path / "a.dump", "--force")


def test_row_security_and_arabic_come_back(operator, url, tmp_path):
    operator("backup", tmp_path / "a.dump")
    name = url.rpartition("/")[2] + "_second"
    operator("restore", tmp_path / "a.dump", "--into", name)
    second = backup.with_name(url, name)
    assert one(second, "select name from guests where id = 7") == "ضيف 7"
    assert one(second, "select count(*) from pg_policies where tablename = 'guests'") == 1
    assert one(second, "select has_table_privilege('halfhour_tenant', 'guests', 'select')")
    with pytest.raises(CommandError, match="choose another name"):
        operator("restore", tmp_path / "a.dump", "--into", name)


def test_a_restoration_in_place_keeps_what_was_there(operator, url, tmp_path):
    operator("backup", tmp_path / "a.dump")
    with psycopg.connect(url) as connection:
        connection.execute("delete from guests")
    told = operator("restore", tmp_path / "a.dump", "--replace")
    assert one(url, "select count(*) from guests") == 500
    kept = told.rstrip(".\n").rpartition(" ")[2]
    assert one(backup.with_name(url, kept), "select count(*) from guests") == 0


def test_what_is_in_use_is_not_replaced(operator, url, tmp_path):
    operator("backup", tmp_path / "a.dump")
    before = databases(url)
    with (
        psycopg.connect(url),
        pytest.raises(CommandError, match="in use: stop edge, office, worker and beat first"),
    ):
        operator("restore", tmp_path / "a.dump", "--replace")
    assert databases(url) == before


def test_a_dry_run_tells_what_a_backup_holds(operator, url, tmp_path):
    operator("backup", tmp_path / "a.dump")
    before = databases(url)
    told = operator("restore", tmp_path / "a.dump", "--dry-run")
    assert "2,501 rows of 3 tables" in told
    assert "older version (accounts): migrate after it" in told
    assert databases(url) == before


def test_a_backup_of_a_newer_version_is_refused(operator, url, tmp_path):
    with psycopg.connect(url) as connection:
        connection.execute("update django_migrations set name = '9999_from_the_future'")
    operator("backup", tmp_path / "a.dump")
    with pytest.raises(CommandError, match=r"newer version \(accounts\)"):
        operator("restore", tmp_path / "a.dump", "--into", "anything")


def spoil_dump(path):
    content = bytearray(path.read_bytes())
    content[-10] ^= 1
    path.write_bytes(content)


def spoil_manifest(path):
    path.with_name(path.name + ".json").write_text("[]")


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (spoil_dump, "SHA-256 differs"),
        (spoil_manifest, "no manifest"),
        (lambda path: path.with_name(path.name + ".json").unlink(), "json is missing"),
        (lambda path: path.unlink(), "dump is missing"),
    ],
)
def test_a_spoilt_backup_is_refused_before_anything_is_made(operator, url, tmp_path, spoil, fault):
    operator("backup", tmp_path / "a.dump")
    spoil(tmp_path / "a.dump")
    before = databases(url)
    with pytest.raises(CommandError, match=fault):
        operator("restore", tmp_path / "a.dump", "--into", "anything")
    assert databases(url) == before


def test_without_a_server_it_is_one_line(tmp_path, settings):
    settings.DATABASE_URL = "postgres://halfhour:x@127.0.0.1:1/halfhour"
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", str(tmp_path / "a.dump"), stderr=io.StringIO())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_a_full_disk_leaves_no_half_backup(operator, url, tmp_path):
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into guests select n, null, md5(n::text) from generate_series(501, 90000) n"
        )
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", tmp_path], check=True)
    try:
        with pytest.raises(CommandError, match="No space left"):
            operator("backup", tmp_path / "a.dump")
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_a_killed_backup_is_no_backup(url, tmp_path):
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into guests select n, null, md5(n::text) from generate_series(501, 400000) n"
        )
    code = (
        "import sys; from pathlib import Path; from config import backup;"
        "backup.back_up(database_url=sys.argv[1], target=Path(sys.argv[2]))"
    )
    target = tmp_path / "a.dump"
    started = subprocess.Popen([sys.executable, "-c", code, url, str(target)])
    deadline = time.monotonic() + 20
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.005)
    started.kill()
    started.wait()
    assert not target.exists()
    backup.back_up(database_url=url, target=target)
    assert backup.read_manifest(target).tables["guests"] == 400_000
