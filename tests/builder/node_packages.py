"""Programs for Node that judge what we write: a folder with a package.json and its scripts."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def installed(pytestconfig, here):
    """A copy of the folder `here` with its packages, made once for each list of them.

    Skips the test where there is no Node, or its packages cannot be had.
    """
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed; the oracles are programs for Node")
    listed = (here / "package.json").read_bytes()
    name = f"{json.loads(listed)['name']}-{hashlib.sha256(listed).hexdigest()[:12]}"
    folder = Path(pytestconfig.cache.mkdir(name))
    (folder / "package.json").write_bytes(listed)
    for script in here.glob("*_oracle.js"):
        shutil.copy(script, folder)
    if not (folder / "installed").exists():
        flags = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(
            ["npm", "install", *flags],
            cwd=folder,
            env={**os.environ, "NO_UPDATE_NOTIFIER": "1"},
            capture_output=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            last = done.stderr.decode().strip().splitlines()[-1:]
            pytest.skip(f"npm could not install the oracles: {last}")
        (folder / "installed").touch()
    return folder


def run(folder, script, document):
    """What a script of the folder answers to a document, both JSON."""
    done = subprocess.run(
        ["node", str(folder / script)],
        input=json.dumps(document).encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)
