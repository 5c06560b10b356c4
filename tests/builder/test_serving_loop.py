"""The doors run on uvloop: granian takes it by itself where it is installed."""

import subprocess
import sys

TOLD = "from granian._loops import loops; loop = loops.get('auto'); print(type(loop).__module__)"


def test_granian_takes_uvloop():
    done = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "uvloop"
