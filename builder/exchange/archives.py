"""Reads a zip of JSON files that a stranger may have made, in bounded memory and never to disk.

Pointers are into the archive seen as an object of its files: `/pages~1….puck.json/content/0/type`.
"""

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

import orjson
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import storable
from builder.exchange.formats import ExchangeError

MAX_FILES: Final = 1_000
MAX_INFLATED: Final = 100_000_000
MAX_DIRECTORY: Final = 200_000
_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = 20
_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """The files of an archive whose names are among those expected, each read within a limit."""

    def __init__(self, file: IO[bytes], *, names: re.Pattern[str]) -> None:
        """Raises `ExchangeError` for what is no zip, or holds what it should not."""
        _check_end(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, EOFError) as error:
            raise refusal("", "not_a_zip", _("This is no zip file.")) from error
        entries = self._zip.infolist()
        if len(entries) > MAX_FILES:
            raise refusal("", "too_many_files", _("There are more files in it than a project has."))
        faults = [fault for entry in entries for fault in _entry_faults(entry, names)]
        self.names: Sequence[str] = [entry.filename for entry in entries]
        twice = {name for name in self.names if self.names.count(name) > 1}
        text = _("Two files in it have this name.")
        faults += [Fault(json_pointer([name]), "duplicate_file", text) for name in sorted(twice)]
        if sum(entry.file_size for entry in entries) > MAX_INFLATED:
            faults.append(Fault("", "too_large", _("Unpacked it is larger than a project may be.")))
        if faults:
            raise ExchangeError(faults)

    def document(self, name: str, *, most: int = storable.MAX_BYTES) -> Any:
        """The JSON document in a file of at most `most` bytes. Raises `ExchangeError`."""
        body = b"".join(self._blocks(name, most=most))
        return parse(body, at=json_pointer([name]), most=most)

    def content(self, name: str) -> bytes:
        """The bytes of a file. Raises `ExchangeError`."""
        return b"".join(self._blocks(name, most=MAX_INFLATED))

    def lines(self, name: str, *, most: int) -> Iterator[tuple[int, bytes]]:
        """Number and text of each line of a file, none of them longer than `most` bytes."""
        rest, number = b"", 0
        for block in self._blocks(name, most=MAX_INFLATED):
            *whole, rest = (rest + block).split(b"\n")
            for line in whole:
                yield number, line
                number += 1
            if len(rest) > most:
                raise refusal(json_pointer([name, number]), "too_large", _("The line is too long."))
        if rest:
            yield number, rest

    def sha256(self, name: str) -> str:
        """The checksum of a file, in hexadecimal."""
        digest = hashlib.sha256()
        for block in self._blocks(name, most=MAX_INFLATED):
            digest.update(block)
        return digest.hexdigest()

    def _blocks(self, name: str, *, most: int) -> Iterator[bytes]:
        here, read = json_pointer([name]), 0
        if name not in self.names:
            raise refusal(here, "missing_file", _("The archive has no such file."))
        try:
            with self._zip.open(name) as member:
                while block := member.read(65_536):
                    read += len(block)
                    if read > most:
                        raise refusal(here, "too_large", _("The file is too large."))
                    yield block
        # What broken deflate, a wrong CRC, a cut end or overlapping entries end in.
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise refusal(here, "broken_file", _("The file is damaged.")) from error


def _check_end(file: IO[bytes]) -> None:
    """Refuse what does not end as a small zip does, before its directory is read into memory.

    The end record (APPNOTE 6.3.10, section 4.3.16) tells how large the directory is. One for more
    than four gigabytes (4.3.15) would tell it elsewhere.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _LOCATOR - _END.size))
    tail = file.read()
    end = tail[-_END.size :]
    whole = len(end) == _END.size and end.startswith(b"PK\5\6")
    if not whole or tail[: -_END.size].startswith(b"PK\6\7"):
        raise refusal("", "not_a_zip", _("This is no zip file."))
    *_places, directory, _offset, comment = _END.unpack(end)
    if directory > MAX_DIRECTORY or comment:
        raise refusal("", "too_many_files", _("There are more files in it than a project has."))


def refusal(pointer: str, code: str, detail: str) -> ExchangeError:
    return ExchangeError([Fault(pointer, code, detail)])


def parse(body: bytes, *, at: str, most: int = storable.MAX_BYTES) -> Any:
    """A JSON text, strictly: no duplicate names, nothing that cannot be kept.

    `at` is the pointer to where it stands. Raises `ExchangeError`.
    """
    try:
        # Refuses what is no JSON and what is nested too deep, which Python's own parser cannot.
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise refusal(at, "not_json", _("This is no JSON: %(error)s") % {"error": error}) from error
    faults = storable.faults(document, most=most)
    if not faults:
        faults = list(_doubled(json.loads(body, object_pairs_hook=_Pairs)))
    if faults:
        raise ExchangeError(fault.under(at) for fault in faults)
    return document


class _Pairs(list[tuple[str, Any]]):
    """An object as it is written, a name as often as it stands there."""


def _doubled(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Names that an object has twice; the document's depth was bounded before."""
    if isinstance(value, _Pairs):
        seen = set()
        for name, child in value:
            if name in seen:
                text = _("The object has this name twice.")
                yield Fault(json_pointer([*path, name]), "duplicate_name", text)
            seen.add(name)
            yield from _doubled(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _doubled(child, (*path, index))


def _entry_faults(entry: zipfile.ZipInfo, names: re.Pattern[str]) -> Iterator[Fault]:
    here = json_pointer([entry.filename])
    if not names.fullmatch(entry.filename):
        yield Fault(here, "unexpected_file", _("A project's file has no such file in it."))
    elif entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
        yield Fault(here, "unreadable_file", _("Files in it are stored or deflated, not locked."))
