"""The embedded PostgreSQL and Valkey in good days."""

import json
import os
import pwd
import shutil
import socket
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis

from config import embedded
from config.embedded.home import Home
from tests.config.embedded_servers import as_user, cache, database, pid

NOBODY = pwd.getpwnam("nobody").pw_uid


def test_the_first_start_makes_servers_that_answer(var_dir):
    told = embedded.start_if_needed(var_dir)

    with psycopg.connect(told.database_url) as connection:
        assert connection.info.server_version // 10_000 == 18
    assert redis.Redis.from_url(told.redis_url).ping()
    assert embedded.is_running(var_dir)


def test_a_second_start_finds_the_same_servers(var_dir):
    first = embedded.start_if_needed(var_dir)
    pids = pid(var_dir, "PostgreSQL"), pid(var_dir, "Valkey")

    assert embedded.start_if_needed(var_dir) == first
    assert (pid(var_dir, "PostgreSQL"), pid(var_dir, "Valkey")) == pids


def test_logins_may_do_what_they_need_and_no_more(var_dir):
    told = embedded.start_if_needed(var_dir)
    rights = "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname"

    with psycopg.connect(told.web_database_url, autocommit=True) as web:
        assert web.execute(f"{rights} = 'halfhour'").fetchone() == (False, False, True, True)
        assert web.execute(f"{rights} = 'halfhour_web'").fetchone() == (False,) * 4
        web.execute("set role halfhour_tenant")
        web.execute("set role halfhour")
        web.execute("reset role")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("create table public.mine ()")
    with database(var_dir) as owner:
        owner.execute("create table public.theirs (); set role halfhour_tenant")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("select * from public.theirs")


def test_a_new_database_of_the_owner_has_the_extensions(var_dir):
    embedded.start_if_needed(var_dir)
    with database(var_dir) as owner:
        owner.execute("create database another")
    url = embedded.connections(var_dir).database_url.removesuffix("halfhour") + "another"
    with psycopg.connect(url) as another:
        rows = another.execute("select extname from pg_extension").fetchall()
        assert {"vector", "pg_trgm", "btree_gin"} <= {name for (name,) in rows}
        assert another.execute("select '[1,2]'::vector <-> '[1,3]'").fetchone() == (1.0,)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("server_encoding", "UTF8"),
    ],
)
def test_the_database_is_durable_and_local(running_var_dir, setting, value):
    with database(running_var_dir) as connection:
        assert connection.execute(f"show {setting}").fetchone() == (value,)


def test_texts_are_compared_the_same_on_every_machine(running_var_dir):
    with database(running_var_dir) as connection:
        row = connection.execute(
            "select datcollate, datctype from pg_database where datname = 'halfhour'"
        ).fetchone()
    assert row == ("C.UTF-8", "C.UTF-8")


def test_a_cached_change_is_in_the_append_only_file(running_var_dir):
    assert cache(running_var_dir).config_get("appendonly") == {"appendonly": "yes"}
    assert cache(running_var_dir).config_get("appendfsync") == {"appendfsync": "everysec"}


def test_without_the_password_nobody_gets_in(running_var_dir):
    told = embedded.connections(running_var_dir)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(told.database_url.replace("halfhour:", "halfhour:not"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(told.redis_url.replace("redis://:", "redis://:not")).ping()


def test_passwords_are_for_the_owner_of_the_folder_only(running_var_dir):
    root = running_var_dir / "embedded"
    assert (root / "services.json").stat().st_mode & 0o777 == 0o600
    for name in ("postgres", "valkey"):
        assert (root / name).stat().st_mode & 0o777 == 0o700
    arguments = Path(f"/proc/{pid(running_var_dir, 'Valkey')}/cmdline").read_text()
    assert json.loads((root / "services.json").read_text())["valkey_password"] not in arguments


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has someone else to become")
def test_as_root_the_servers_run_as_someone_else(running_var_dir):
    for name in ("PostgreSQL", "Valkey"):
        assert Path(f"/proc/{pid(running_var_dir, name)}").stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two users")
def test_an_ordinary_user_and_root_share_a_folder_of_the_user(home_of_nobody):
    var_dir = home_of_nobody / "var"
    started = as_user(NOBODY, f"embedded.start_or_exit(Path({str(var_dir)!r}))")
    assert started.returncode == 0, started.stderr
    assert Path(f"/proc/{pid(var_dir, 'PostgreSQL')}").stat().st_uid == NOBODY
    with database(var_dir) as connection:
        connection.execute("create table kept ()")
    embedded.stop(var_dir)

    embedded.start_if_needed(var_dir)

    with database(var_dir) as connection:
        connection.execute("select from kept")
    assert {path.stat().st_uid for path in var_dir.rglob("*")} == {NOBODY}
    stopped = as_user(NOBODY, f"embedded.stop(Path({str(var_dir)!r}))")
    assert stopped.returncode == 0, stopped.stderr
    assert not embedded.is_running(var_dir)


def test_stop_and_start_keep_the_data(var_dir):
    embedded.start_if_needed(var_dir)
    with database(var_dir) as connection:
        connection.execute("create table kept as select 42 as answer")
    cache(var_dir).set("kept", "42")

    assert embedded.stop(var_dir) == ["Valkey", "PostgreSQL"]
    assert not embedded.is_running(var_dir)
    assert embedded.stop(var_dir) == []
    embedded.start_if_needed(var_dir)

    with database(var_dir) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)
    assert cache(var_dir).get("kept") == b"42"


def test_connections_starts_nothing(var_dir):
    assert embedded.connections(var_dir) is None
    assert not var_dir.exists()
    told = embedded.start_if_needed(var_dir)
    embedded.stop(var_dir)
    assert embedded.connections(var_dir) == told
    assert not embedded.is_running(var_dir)


def test_status_tells_what_runs(var_dir):
    assert [each.running for each in embedded.status(var_dir)] == [False, False]
    embedded.start_if_needed(var_dir)
    database_state, cache_state = embedded.status(var_dir)
    assert database_state.running
    assert cache_state.running
    assert database_state.version.startswith("18.")
    url = embedded.connections(var_dir).database_url
    assert f":{database_state.port}/" in url


def test_a_port_that_a_stranger_took_is_given_up(var_dir):
    before = embedded.start_if_needed(var_dir)
    with database(var_dir) as connection:
        connection.execute("create table kept ()")
    taken = [each.port for each in embedded.status(var_dir)]
    embedded.stop(var_dir)
    with (
        socket.create_server(("127.0.0.1", taken[0])),
        socket.create_server(("127.0.0.1", taken[1])),
    ):
        after = embedded.start_if_needed(var_dir)
        assert after.database_url != before.database_url
        assert after.redis_url != before.redis_url
        assert embedded.start_if_needed(var_dir) == after
        with database(var_dir) as connection:
            connection.execute("select from kept")


def test_own_servers_are_stopped_when_nobody_else_uses_them(var_dir):
    embedded.start_if_needed(var_dir)
    with database(var_dir):
        assert not embedded.stop_own(var_dir)
        assert embedded.is_running(var_dir)
    assert embedded.stop_own(var_dir)
    assert not embedded.is_running(var_dir)


def test_programs_get_nothing_of_the_caller_s_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("PGOPTIONS", "-c fsync=off")
    monkeypatch.setenv("LC_ALL", "ar_SA.UTF-8")
    told = Home(tmp_path, None, "PostgreSQL").run(lambda _path: ["/usr/bin/env"])
    assert {line.split("=")[0] for line in told.splitlines()} <= {"PATH", "LC_ALL", "TZ"}
    assert "ar_SA" not in told


@pytest.fixture
def home_of_nobody():
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    os.chown(folder, NOBODY, NOBODY)
    yield folder
    embedded.stop(folder / "var")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def running_var_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("running") / "var"
    embedded.start_if_needed(folder)
    yield folder
    embedded.stop(folder)
