"""Makes tracker.min.js of tracker.js: `uv run python -m journeys.ingest.tracker.minify`."""

from pathlib import Path

import rjsmin

FOLDER = Path(__file__).parent


def minified() -> bytes:
    """tracker.js without comments and spaces."""
    text: str = rjsmin.jsmin((FOLDER / "tracker.js").read_text(encoding="utf-8"))
    return f"{text}\n".encode()


if __name__ == "__main__":
    (FOLDER / "tracker.min.js").write_bytes(minified())
