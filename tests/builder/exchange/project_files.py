"""Projects' files, for tests to make and to spoil."""

import hashlib
import io
import json
import zipfile

from django.utils import timezone

from builder.exchange import project_export


def exported(project, **options):
    """A project's file, as bytes."""
    pieces = project_export.stream(project=project, now=timezone.now(), **options)
    return b"".join(pieces)


def contents(archive):
    """The texts in a project's file, by their names."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files, *, manifest=True, compression=zipfile.ZIP_DEFLATED):
    """A project's file of these texts, with a manifest that is right for them unless told."""
    if manifest:
        listed = {
            name: {"sha256": hashlib.sha256(text).hexdigest(), "size": len(text)}
            for name, text in files.items()
            if name != "manifest.json"
        }
        files = {**files, "manifest.json": json.dumps(_manifest(files, listed)).encode()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def changed(archive, name, change):
    """The file with one of its documents changed by a function, and its manifest right."""
    files = contents(archive)
    found = next(each for each in files if each.startswith(name))
    document = json.loads(files[found])
    files[found] = json.dumps(change(document) or document).encode()
    return packed(files), found


def _manifest(files, listed):
    before = json.loads(files.get("manifest.json", b"{}"))
    usual = {"format": "halfhour.project", "version": 1, "exported_at": "2026-11-21T12:00:00Z"}
    return {**usual, **before, "files": listed}
