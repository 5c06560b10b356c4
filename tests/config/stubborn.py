"""A program that does not end when asked (`python -m tests.config.stubborn`)."""

import signal
import sys
import time

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.stdout.write("no end\n")
    sys.stdout.flush()
    while True:
        time.sleep(1)
