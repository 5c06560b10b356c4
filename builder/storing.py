"""The bytes of published files outside the database: a folder, or a bucket that speaks S3.

With the setting BUILDER_RELEASE_STORAGE a file is written here first and its row after it, under a
name that no other write has: what was half written is never referred to, and what was replaced or
rolled back is swept away later. The bytes are proved by their hash when they are read.
"""

import datetime
import gzip
import hashlib
import io
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple, TypeVar

import structlog
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)

ALIAS: Final = "releases"
# What the forms of a compressed file add to its name.
CODINGS: Final = {"gzip": ".gz", "br": ".br"}
# A bucket is far away, and answers many at once.
_AT_ONCE: Final = 16

Item = TypeVar("Item")
Result = TypeVar("Result")


class StorageAwayError(Exception):
    """The storage does not answer, or not as it should; nothing was half written."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(_("The storage of published files does not answer."))
        self.cause = type(cause).__name__


class Forms(NamedTuple):
    """A file as it is, and compressed where that is worth it."""

    plain: bytes
    gzip: bytes | None
    br: bytes | None


def plain(body: bytes | memoryview | None, gzipped: bytes | memoryview | None) -> bytes:
    """A file as it is, of a row that has its bytes: what is compressed is kept only so."""
    return bytes(body) if body is not None else gzip.decompress(gzipped or b"")


def enabled() -> bool:
    """Whether new files go to the storage; those in the database stay there."""
    return ALIAS in settings.STORAGES


def write(*, workspace_id: uuid.UUID, sha256: str, forms: Forms) -> str:
    """Write a file and its compressed forms; returns its name. Raises StorageAwayError."""
    name = f"{workspace_id.hex}/{sha256[:2]}/{sha256}.{uuid.uuid4().hex[:12]}"
    # The plain form last: where it is, the others are.
    for coding, suffix in (*CODINGS.items(), ("plain", "")):
        content: bytes | None = getattr(forms, coding)
        if content is not None:
            _ask("save", name + suffix, File(io.BytesIO(content)))
    return name


def read(*, name: str, sha256: str, compressed: bool) -> Forms | None:
    """Read a file; None when it is gone or is not what it was. Raises StorageAwayError."""
    try:
        body = _content(name)
        zipped, br = (_content(name + end) if compressed else None for end in CODINGS.values())
    except FileNotFoundError:
        log.warning("release_file.gone", name=name)
        return None
    if hashlib.sha256(body).hexdigest() != sha256:
        log.warning("release_file.damaged", name=name)
        return None
    return Forms(body, zipped, br)


def missing(names: Sequence[str]) -> set[str]:
    """Those of the names that have no file. Raises StorageAwayError."""
    there = in_parallel(lambda name: _ask("exists", name), names)
    return {name for name, found in zip(names, there, strict=True) if not found}


def remove(names: Iterable[str]) -> None:
    """Delete files and their compressed forms; what the storage refuses is swept away later."""
    for name in names:
        for suffix in ("", *CODINGS.values()):
            try:
                storages[ALIAS].delete(name + suffix)
            except Exception as error:  # noqa: BLE001  each storage has its own
                log.warning("release_file.not_removed", name=name, error=type(error).__name__)


def strays(*, known: Callable[[str], bool], before: datetime.datetime) -> Iterator[str]:
    """Names last written before a time that `known` does not know. Raises StorageAwayError."""
    for name in _names():
        if not known(plain_name(name)) and _ask("get_modified_time", name) < before:
            yield name


def plain_name(name: str) -> str:
    """A file's name without what its compressed forms add."""
    for suffix in CODINGS.values():
        name = name.removesuffix(suffix)
    return name


def in_parallel(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """`work` of each item, in order, several at once; `work` asks the storage, no database."""
    if len(items) < 2:
        return [work(item) for item in items]
    with ThreadPoolExecutor(min(_AT_ONCE, len(items))) as pool:
        return list(pool.map(work, items))


def _names() -> Iterator[str]:
    """What the storage holds: `<workspace>/<two digits of the hash>/<name>`."""
    try:
        folders, _files = _ask("listdir", "")
    except FileNotFoundError:  # nothing was written yet
        return
    for folder in folders:
        for part in _ask("listdir", folder)[0]:
            for file in _ask("listdir", f"{folder}/{part}")[1]:
                yield f"{folder}/{part}/{file}"


def _content(name: str) -> bytes:
    with _ask("open", name) as file:
        try:
            content: bytes = file.read()  # a bucket is asked only now
        except Exception as error:
            raise _told(error) from error
        return content


def _ask(method: str, *arguments: Any) -> Any:
    """Call a method of the storage. Raises FileNotFoundError, and StorageAwayError for all else.

    Each storage raises what its client does; to us every failure but one is the same.
    """
    try:
        return getattr(storages[ALIAS], method)(*arguments)
    except Exception as error:
        raise _told(error) from error


def _told(error: Exception) -> Exception:
    if isinstance(error, FileNotFoundError):
        return error
    log.warning("release_storage.away", error=type(error).__name__)
    return StorageAwayError(error)
