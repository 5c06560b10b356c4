"""Killed, hung, raced, filled up: one running server remains and nothing committed is lost."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from dataclasses import replace

import psycopg
import pytest

from config import embedded
from config.embedded import postgres, record
from tests.config.embedded_servers import (
    as_user,
    cache,
    commands_at_once,
    database,
    kill,
    pid,
    servers_on,
    wait_until,
)


def test_after_a_kill_the_database_has_what_was_committed(var_dir):
    embedded.start_if_needed(var_dir)
    with database(var_dir) as connection:
        connection.execute("create table kept as select generate_series(1, 1000) as n")
        kill(pid(var_dir, "PostgreSQL"))

    told = embedded.start_if_needed(var_dir)

    assert told == embedded.connections(var_dir)
    with database(var_dir) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1000,)
    assert len(servers_on(var_dir / "embedded/postgres/data")) == 1


def test_after_a_kill_the_cache_has_what_was_answered(var_dir):
    embedded.start_if_needed(var_dir)
    for number in range(100):
        cache(var_dir).set(f"kept:{number}", number)
    kill(pid(var_dir, "Valkey"))
    wait_until(lambda: not embedded.is_running(var_dir))

    embedded.start_if_needed(var_dir)

    assert cache(var_dir).dbsize() == 100
    assert len(servers_on(var_dir / "embedded/valkey")) == 1


def test_a_child_that_outlives_its_killed_server_is_ended_first(var_dir, monkeypatch):
    monkeypatch.setattr(postgres, "ORPHANS_PATIENCE", 0.5)
    embedded.start_if_needed(var_dir)
    # A query that computes without pause does not notice that its server is gone.
    busy = threading.Thread(target=_compute, args=(embedded.connections(var_dir).database_url,))
    busy.start()
    time.sleep(0.5)
    kill(pid(var_dir, "PostgreSQL"))
    orphans = servers_on(var_dir / "embedded/postgres/data")
    assert orphans, "the query should have outlived its server"

    embedded.start_if_needed(var_dir)

    assert len(servers_on(var_dir / "embedded/postgres/data")) == 1
    busy.join(timeout=5)
    assert not busy.is_alive()


def _compute(url: str) -> None:
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
        connection.execute("set max_parallel_workers_per_gather = 0")
        connection.execute(
            "select count(*) from generate_series(1, 30000) a, generate_series(1, 1000000) b"
        )


def test_a_stale_pid_file_that_names_another_program_harms_nobody(var_dir):
    embedded.start_if_needed(var_dir)
    embedded.stop(var_dir)
    pid_file = var_dir / "embedded/postgres/data/postmaster.pid"
    # Of the servers' user, so that they could take it for one of their own.
    user = pid_file.parent.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=user, cwd="/") as stranger:
        pid_file.write_text(f"{stranger.pid}\n/somewhere\n")
        (var_dir / "embedded/valkey/valkey.pid").write_text(f"{stranger.pid}\n")

        assert embedded.stop(var_dir) == []
        embedded.start_if_needed(var_dir)
        assert pid(var_dir, "PostgreSQL") != stranger.pid
        embedded.stop(var_dir)

        assert stranger.poll() is None
        stranger.kill()


def test_four_commands_at_once_start_one_server(var_dir):
    told = commands_at_once(var_dir, 4)

    assert all(each == told[0] for each in told)
    assert len(servers_on(var_dir / "embedded/postgres/data")) == 1
    assert len(servers_on(var_dir / "embedded/valkey")) == 1


def test_four_commands_at_once_after_a_kill_start_one_server(var_dir):
    embedded.start_if_needed(var_dir)
    with database(var_dir) as connection:
        connection.execute("create table kept as select 42 as answer")
    kill(pid(var_dir, "PostgreSQL"))
    kill(pid(var_dir, "Valkey"))

    told = commands_at_once(var_dir, 4)

    assert all(each == told[0] for each in told)
    assert len(servers_on(var_dir / "embedded/postgres/data")) == 1
    with database(var_dir) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)


def test_a_command_killed_while_it_made_the_data_leaves_nothing_half_made(var_dir):
    home = var_dir / "embedded/postgres"
    (home / "data.new/base").mkdir(parents=True)
    (home / "data.new/PG_VERSION").write_text("18\n")

    embedded.start_if_needed(var_dir)

    assert not (home / "data.new").exists()


def test_a_command_killed_before_the_logins_were_made_is_finished_by_the_next(var_dir):
    root = var_dir / "embedded"
    told = embedded.start_if_needed(var_dir)
    with database(var_dir) as connection:
        connection.execute("create table kept ()")
    record.write(root, replace(record.read(root), prepared=False))
    assert embedded.connections(var_dir) is None

    assert embedded.start_if_needed(var_dir) == told
    embedded.stop(var_dir)
    record.write(root, replace(record.read(root), prepared=False))
    assert embedded.start_if_needed(var_dir) == told
    with database(var_dir) as connection:
        connection.execute("select from kept")


def test_lost_passwords_are_made_anew_and_the_data_stay(var_dir):
    before = embedded.start_if_needed(var_dir)
    with database(var_dir) as connection:
        connection.execute("create table kept ()")
    embedded.stop(var_dir)
    (var_dir / "embedded/services.json").unlink()

    after = embedded.start_if_needed(var_dir)

    assert after.database_url != before.database_url
    with database(var_dir) as connection:
        connection.execute("select from kept")


def test_a_damaged_record_is_told_in_one_line(var_dir):
    (var_dir / "embedded").mkdir(parents=True)
    (var_dir / "embedded/services.json").write_text('{"postgres_port": 5')
    with pytest.raises(embedded.ServiceError, match=r"services\.json is damaged: move it away"):
        embedded.start_if_needed(var_dir)


@pytest.mark.long
def test_a_hung_server_is_told_in_one_line(var_dir, monkeypatch):
    embedded.start_if_needed(var_dir)
    server = pid(var_dir, "PostgreSQL")
    monkeypatch.setattr(postgres, "PATIENCE", 0.1)
    os.kill(server, signal.SIGSTOP)
    try:
        with pytest.raises(embedded.ServiceError, match="does not answer on port") as caught:
            embedded.start_if_needed(var_dir)
        assert "services stop" in str(caught.value)
    finally:
        os.kill(server, signal.SIGCONT)


def test_a_folder_of_somebody_else_is_told_in_one_line(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can make another user's folder")
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    result = as_user(65534, f"embedded.start_or_exit(Path({str(private / 'var')!r}))")
    assert result.returncode == 1
    assert result.stderr.startswith("halfhour: ")
    assert "VAR_DIR" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 220 MB, of which a test may fill what it likes."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=220m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    embedded.stop(folder / "var")
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder, *, leave: int) -> None:
    free = shutil.disk_usage(folder).free
    with (folder / "filler").open("wb") as filler:
        filler.write(b"\0" * (free - leave))


def test_no_room_for_new_data_is_told_and_the_next_start_with_room_works(small_disk):
    _fill(small_disk, leave=20_000_000)
    with pytest.raises(embedded.ServiceError, match="make room, or set VAR_DIR"):
        embedded.start_if_needed(small_disk / "var")
    (small_disk / "filler").unlink()
    embedded.start_if_needed(small_disk / "var")


def test_a_disk_that_fills_up_while_data_are_made_leaves_nothing_half_made(small_disk, monkeypatch):
    monkeypatch.setattr(postgres, "NEEDED_SPACE", 0)
    _fill(small_disk, leave=20_000_000)
    with pytest.raises(embedded.ServiceError, match="is full: make room"):
        embedded.start_if_needed(small_disk / "var")
    assert not list((small_disk / "var/embedded/postgres").glob("data*"))
    (small_disk / "filler").unlink()
    embedded.start_if_needed(small_disk / "var")


def test_a_disk_that_fills_up_later_loses_nothing_that_was_committed(small_disk):
    var_dir = small_disk / "var"
    embedded.start_if_needed(var_dir)
    committed = 0
    with database(var_dir) as connection:
        connection.execute("create table kept (n int, filling text)")
        _fill(small_disk, leave=4_000_000)
        with contextlib.suppress(psycopg.Error):
            while committed < 1000:
                connection.execute(
                    "insert into kept select %s, string_agg(md5(random()::text), '') "
                    "from generate_series(1, 8000)",
                    [committed],
                )
                committed += 1
    assert committed < 1000, "the disk should have been full"
    kill_if_running(var_dir)
    with pytest.raises(embedded.ServiceError, match="full"):
        _start_on_full_disk(var_dir, small_disk)

    (small_disk / "filler").unlink()
    embedded.start_if_needed(var_dir)

    with database(var_dir) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (committed,)


def kill_if_running(var_dir) -> None:
    for each in embedded.status(var_dir):
        if each.pid:
            kill(each.pid)


def _start_on_full_disk(var_dir, disk) -> None:
    with (disk / "more").open("wb") as more, contextlib.suppress(OSError):
        more.write(b"\0" * shutil.disk_usage(disk).free)
    try:
        embedded.start_if_needed(var_dir)
    finally:
        (disk / "more").unlink()


def test_commands_wait_for_one_that_is_starting(var_dir):
    """The second command of two does not give up, and does not start its own."""
    told: list[embedded.Connections] = []
    starters = [
        threading.Thread(target=lambda: told.append(embedded.start_if_needed(var_dir)))
        for _ in range(3)
    ]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(told) == 3
    assert len(set(told)) == 1
    with socket.create_connection(("127.0.0.1", embedded.status(var_dir)[0].port)):
        pass
