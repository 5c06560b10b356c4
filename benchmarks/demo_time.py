"""What a newcomer waits for, against the budget: a base install, the demo twice, any command."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import sandbox
from benchmarks.harness import ROOT, free_port

STARTS = 7


@dataclass(frozen=True, kw_only=True)
class Result:
    """A figure with its budget, both in `unit`."""

    name: str
    figure: float
    budget: float
    unit: str


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The base install without development's packages, and the environment of its commands."""

    python: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> tuple[float, str]:
        """Run manage.py; seconds of wall clock and what it printed."""
        began = time.perf_counter()
        done = subprocess.run(
            [self.python, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} failed: {done.stderr[-2000:]}")
        return time.perf_counter() - began, done.stdout


def main() -> None:
    with sandbox.folder() as folder:
        venv = folder / "venv"
        install_seconds = _install(venv)
        results = [_size(venv), *_times(_installation(folder, venv))]
    _show(results, note=f"The install took {install_seconds:.1f} s with a warm package cache.")
    sys.exit(any(each.figure > each.budget for each in results))


def _install(venv: Path) -> float:
    began = time.perf_counter()
    subprocess.run(
        ["uv", "sync", "--quiet", "--no-default-groups"],
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(venv)},
        check=True,
    )
    return time.perf_counter() - began


def _size(venv: Path) -> Result:
    """Bytes of every file, a linked one once; megabytes are millions of bytes."""
    files = [path.lstat() for path in venv.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum({file.st_ino: file.st_size for file in files}.values())
    return Result(name="base install", figure=size / 1e6, budget=350, unit="MB")


def _installation(folder: Path, venv: Path) -> Installation:
    # Not what the benchmark itself was started with: other services, a test's settings.
    kept = {key: os.environ[key] for key in ("HOME", "LANG", "PATH") if key in os.environ}
    return Installation(
        python=venv / "bin" / "python",
        environment={
            **kept,
            **sandbox.NO_SERVICES,
            "VAR_DIR": str(folder / "var"),
            "EDGE_PORT": str(free_port()),
            "OFFICE_PORT": str(free_port()),
        },
    )


def _times(installation: Installation) -> Sequence[Result]:
    try:
        first, one = installation.run("demo", "--no-serve", "--json")
        second, two = installation.run("demo", "--no-serve", "--json")
        print("Seconds of the first and the second run:")
        for early, late in zip(
            *(json.loads(each)["milestones"] for each in (one, two)), strict=True
        ):
            print(f"{early['seconds']:8.2f} {late['seconds']:8.2f}  {late['name']}")
        installation.run("services", "start")
        starts = [installation.run("check")[0] for _ in range(STARTS)]
    finally:
        installation.run("services", "stop")
    return [
        Result(name="demo --no-serve, first run", figure=first, budget=60, unit="s"),
        Result(name="demo --no-serve, second run", figure=second, budget=20, unit="s"),
        Result(
            name="manage.py check, services up",
            figure=statistics.median(starts),
            budget=1.5,
            unit="s",
        ),
    ]


def _show(results: Sequence[Result], *, note: str) -> None:
    table = Table(title="What a newcomer waits for", caption=note)
    table.add_column("")
    for name in ("measured", "budget", "of the budget"):
        table.add_column(name, justify="right")
    for each in results:
        table.add_row(
            each.name,
            f"{each.figure:.2f} {each.unit}",
            f"{each.budget:g} {each.unit}",
            f"{each.figure / each.budget:.2f}",
        )
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
