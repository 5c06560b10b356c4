"""Servers of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import embedded


@pytest.fixture
def var_dir(tmp_path: Path) -> Iterator[Path]:
    """An empty VAR_DIR below a private folder; servers started in it are stopped."""
    folder = tmp_path / "var"
    yield folder
    embedded.stop(folder)
