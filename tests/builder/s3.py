"""A local server that speaks as much of S3's REST API as keeping files takes.

Format: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


@dataclass
class Bucket:
    """What the server holds, and how it is asked; while `away` it answers 503."""

    url: str = ""
    objects: dict[str, tuple[bytes, float]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    away: bool = False


@contextmanager
def bucket(name: str, *, now: float) -> Iterator[Bucket]:
    """A server with one bucket; `now` (seconds since 1970) dates what is written."""
    made = Bucket()
    handler = type("Handler", (_Handler,), {"bucket": made, "name": name, "now": now})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket
    name: str
    now: float

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._refused():
            return
        assert not self.headers.get("Transfer-Encoding"), "a body in chunks of AWS's own"
        self.bucket.objects[self._key] = (body, self.now)
        self._answer(200, b"", ETag=_tag(body))

    def do_GET(self) -> None:
        if self._refused():
            return
        if not self._key:
            self._list()
        elif self._key in self.bucket.objects:
            body, at = self.bucket.objects[self._key]
            date = formatdate(at, usegmt=True)
            self._answer(200, body, ETag=_tag(body), **{"Last-Modified": date})
        else:
            self._answer(404, _error("NoSuchKey"))

    do_HEAD = do_GET  # noqa: N815  the server's own names

    def do_DELETE(self) -> None:
        if self._refused():
            return
        self.bucket.objects.pop(self._key, None)
        self._answer(204, b"")

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""

    @property
    def _key(self) -> str:
        path = unquote(urlsplit(self.path).path)
        return path.removeprefix(f"/{self.name}").lstrip("/")

    @property
    def _query(self) -> dict[str, str]:
        found = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return {name: values[0] for name, values in found.items()}

    def _refused(self) -> bool:
        self.bucket.asked.append(f"{self.command} {self._key}")
        if self.bucket.away:
            self._answer(503, _error("ServiceUnavailable"))
        elif "AWS4-HMAC-SHA256 Credential=key/" not in self.headers.get("Authorization", ""):
            self._answer(403, _error("AccessDenied"))
        else:
            return False
        return True

    def _list(self) -> None:
        prefix, delimiter = self._query.get("prefix", ""), self._query.get("delimiter", "")
        keys, folders = [], set()
        for key in sorted(self.bucket.objects):
            rest = key.removeprefix(prefix)
            if not key.startswith(prefix):
                continue
            if delimiter and delimiter in rest:
                folders.add(prefix + rest.split(delimiter, 1)[0] + delimiter)
            else:
                keys.append(key)
        content = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in keys)
        shared = "".join(
            f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>"
            for each in sorted(folders)
        )
        body = f'<ListBucketResult xmlns="{NAMESPACE}"><IsTruncated>false</IsTruncated>'
        self._answer(200, f"{body}{content}{shared}</ListBucketResult>".encode())

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)


def _tag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()
