"""The floors of the house, and the insides of each app, held by import-linter."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts", "builder", "journeys", "personalization", "experiments", "conversations",
    "analytics", "config",
)  # fmt: skip


def test_imports_keep_to_their_floors():
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "services", "selectors", "misc"])
def test_no_module_has_a_name_that_says_nothing(name):
    found = [path for app in APPS for path in (ROOT / app).rglob(f"{name}*") if path.is_file()]
    code = [path for path in found if path.stem == name and "commands" not in path.parts]
    assert code == []


def test_files_stay_small_enough_to_read():
    long = {
        str(path.relative_to(ROOT)): count
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and (count := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
