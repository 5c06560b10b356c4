"""What an operator may set: every name documented, every wrong value answered with one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import Environment
from config.mailbox import email_settings

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, **environment):
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_setting_is_in_the_operations_page():
    page = (ROOT / "docs" / "operations.md").read_text()
    missing = [name.upper() for name in Environment.model_fields if f"`{name.upper()}`" not in page]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("EDGE_PORT", "eighty", "EDGE_PORT"),
        ("EDGE_PORT", "70000", "EDGE_PORT"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL"),
        ("SECRET_KEY", "short", "at least 50 characters"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT"),
        ("CREDENTIAL_KEYS", "short,shorter", "URL-safe base64"),
        ("QUOTAS", '{"free": {"seats": -1}}', "QUOTAS"),
    ],
)
def test_a_wrong_value_ends_the_start_with_one_line(name, value, told):
    done = run("check", **{name: value})
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert len(lines) == 1
    assert lines[0].startswith("halfhour: setting ")
    assert told in lines[0]
    assert "docs/operations.md" in lines[0]


def test_without_its_packages_the_command_says_how_to_run_it():
    bare = subprocess.run(
        [sys.executable, "-S", "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert bare.returncode == 1
    assert len(bare.stderr.strip().splitlines()) == 1
    assert "uv run manage.py" in bare.stderr


def test_the_deploy_check_is_clean_in_production_settings(settings):
    done = run(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        DATABASE_URL=os.environ.get("DATABASE_URL") or settings.DATABASE_URL,
        WEB_DATABASE_URL=settings.WEB_DATABASE_URL,
        REDIS_URL=settings.REDIS_URL,
        SECRET_KEY="k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
        CREDENTIAL_KEYS="MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        BEHIND_HTTPS="true",
        ALLOWED_HOSTS="console.example.com",
        PUBLIC_OFFICE_URL="https://console.example.com",
        SITES_DOMAIN="sites.example.net",
        PUBLIC_SITES_URL="https://sites.example.net",
    )
    assert done.returncode == 0, done.stderr


def test_the_deploy_check_names_what_a_trial_lacks():
    names = ("DATABASE_URL", "WEB_DATABASE_URL", "REDIS_URL", "SECRET_KEY")
    trial = dict.fromkeys(names, "")
    done = run("check", "--deploy", **trial)
    for wanted in [f"halfhour.W00{number}" for number in range(1, 6)]:
        assert wanted in done.stderr


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"EMAIL_FILE_PATH": "/box"}),
        ("file:///srv/mail", {"EMAIL_FILE_PATH": "/srv/mail"}),
        ("smtp://mail.example", {"EMAIL_HOST": "mail.example", "EMAIL_PORT": 25}),
        ("smtps://u:p%40s@mail.example", {"EMAIL_PORT": 465, "EMAIL_HOST_PASSWORD": "p@s"}),
        ("smtp+tls://mail.example", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True}),
    ],
)
def test_mail_addresses_become_djangos_settings(url, expected):
    made = email_settings(url, mailbox=Path("/box"))
    assert expected.items() <= made.items()


def test_a_relative_folder_is_the_same_from_everywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert Environment(var_dir=Path("elsewhere")).var_dir == ROOT / "elsewhere"
