"""A published page from the edge, against granian's bare answer of the same bytes."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import psutil

from benchmarks import sandbox
from benchmarks.harness import Line, Round, drive, granian, median, show

ROUNDS = 5
REQUESTS = 3_000
CONNECTIONS = 16
WANTED_BYTES = 30_000


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page as one kind of visitor asks for it; `size` in bytes is the answer's body."""

    name: str
    request: bytes
    status: int
    size: int


@dataclass(frozen=True, kw_only=True)
class Server:
    port: int
    process: psutil.Process

    def drive(self, request: bytes, *, status: int = 200, pace: float | None = None) -> Round:
        return drive(
            self.port, [self.process], [request] * REQUESTS,
            connections=CONNECTIONS, status=status, pace=pace,
        )  # fmt: skip


def main() -> None:
    with sandbox.platform(), granian("config.edge:application") as (port, process):
        edge = Server(port=port, process=process)
        host, path = _publish()
        print(f"{path} of {host}")
        pages = _pages(port, host=host, path=path)
        lines = [line for page in pages for line in _measure(edge, page)]
    show("A published page from the edge, by one process", lines, unit="request")


def _publish() -> tuple[str, str]:
    """Publish each template as a site; host and path of the page nearest to WANTED_BYTES."""
    from accounts import workspaces
    from accounts.models import User
    from builder import projects, publishing
    from builder.models import Template

    owner = User.objects.create_user("benchmark@example.com", "a password for benchmarks")
    workspace = workspaces.create(owner=owner, name="Benchmark")
    sizes: dict[tuple[str, str], int] = {}
    for template in Template.objects.filter(workspace=None):
        project = projects.create_from_template(
            workspace=workspace, owner=owner, template=template, name=template.name
        )
        release = publishing.publish(project=project, user=owner)
        host = f"{projects.primary_label(project=project)}.localhost"
        for path, file in release.manifest.items():
            if file["content_type"].startswith("text/html"):
                sizes[host, path] = file["size"]
    return min(sizes, key=lambda page: abs(sizes[page] - WANTED_BYTES))


def _pages(port: int, *, host: str, path: str) -> Sequence[Page]:
    """The page whole, compressed, and unchanged since the last visit."""
    tag, pages = "", []
    for name, coding, status in (
        ("identity", "identity", 200),
        ("br", "br", 200),
        ("304", "br", 304),
    ):
        headers = {"Host": host, "Accept-Encoding": coding}
        if status == 304:
            headers["If-None-Match"] = tag
        answer = httpx.get(f"http://127.0.0.1:{port}{path}", headers=headers, timeout=30)
        assert answer.status_code == status, answer.text
        tag = answer.headers["etag"]
        length = int(answer.headers.get("content-length", 0))
        head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        request = f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()
        pages.append(
            Page(name=f"{name}, {length:,} bytes", request=request, status=status, size=length)
        )
    return pages


def _measure(edge: Server, page: Page) -> Sequence[Line]:
    """Alternate baseline and subject, as fast as they go, then at half of what the edge bore."""
    with ExitStack() as stack:
        port, process = stack.enter_context(
            granian("benchmarks.bare:application", BARE_BYTES=str(page.size))
        )
        bare = Server(port=port, process=process)
        bare.drive(page.request)
        edge.drive(page.request, status=page.status)
        base, full = _alternate(bare, edge, page, pace=None)
        base_half, half = _alternate(bare, edge, page, pace=full.rate / 2)
    return [
        Line(name=f"page, {page.name}", measured=full),
        Line(name="  baseline: granian's bare answer", measured=base, subject=full),
        Line(name="  page at half that load", measured=half),
        Line(name="  baseline: bare answer at it", measured=base_half, subject=half),
    ]


def _alternate(
    bare: Server, edge: Server, page: Page, *, pace: float | None
) -> tuple[Round, Round]:
    base, subject = [], []
    for _ in range(ROUNDS):
        base.append(bare.drive(page.request, pace=pace))
        subject.append(edge.drive(page.request, status=page.status, pace=pace))
    return median(base), median(subject)


if __name__ == "__main__":
    main()
