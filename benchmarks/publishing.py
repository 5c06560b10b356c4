"""100 pages published by us, all and one of them, beside wagtail-bakery over the same content."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import sandbox

ROUNDS = 5
PAGES = 100
WANTED_BYTES = 30_000
GOAL_TIMES, GOAL_CHANGED_MS = 10.0, 200.0
# What the newest bakery stands on wants a setuptools that still has pkg_resources.
PACKAGES = ("wagtail-bakery", "psycopg[binary]", "dj-database-url", "setuptools<81")
HERE = Path(__file__).parent
# A second site beside the platform's own tables.
DATABASE = "bakery"


@dataclass
class Figures:
    """Seconds of each round, by what was done, and what the pages were."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    bytes_ours: int = 0
    bytes_theirs: int = 0

    def add(self, name: str, seconds: float) -> None:
        self.seconds.setdefault(name, []).append(seconds)

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])


def main() -> int:
    layouts = []
    with sandbox.platform() as var_dir:
        project = _project()
        layouts = _fill(project)
        with _bakery(var_dir, layouts) as build:
            figures = _measure(project, build)
    return _show(figures)


def _project() -> Any:
    from accounts import workspaces
    from accounts.models import User
    from builder import projects
    from builder.models import Template

    owner = User.objects.create_user("benchmark@example.com", "a password for benchmarks")
    workspace = workspaces.create(owner=owner, name="Benchmark")
    return projects.create_from_template(
        workspace=workspace, owner=owner, name="Benchmark",
        template=Template.objects.get(workspace=None, slug="millibar"),
    )  # fmt: skip


def _fill(project: Any) -> list[dict[str, Any]]:
    """Give the project PAGES pages of some 30 KB; returns their layouts, the home page's first."""
    from builder.models import Wireframe

    # One language, whatever languages the template has.
    project.settings = {}
    project.save()
    sitemap = project.current_sitemap
    Wireframe.objects.filter(sitemap=sitemap).exclude(page_key="home").delete()
    pages, layouts = {}, []
    for number in range(PAGES):
        key = f"p{number}" if number else "home"
        layouts.append(_layout(number))
        path = f"/p{number}" if number else "/"
        pages[key] = {"title": f"Part {number}", "path": path, "order": number}
        Wireframe.objects.update_or_create(
            workspace_id=project.workspace_id, sitemap=sitemap, page_key=key,
            defaults={"layout": layouts[-1], "title": f"Part {number}"},
        )  # fmt: skip
    sitemap.pages = pages
    sitemap.save()
    return layouts


def _layout(number: int) -> dict[str, Any]:
    """An article of some length: a hero, features, quotes, questions, an action; no drawings."""
    links = [{"label": f"Part {n}", "href": f"page:p{n}"} for n in range(1, 7)]
    link = {"label": "Read on", "href": "page:p1"}
    items = [
        {
            "title": f"Piece {n} of {number}",
            "label": f"No. {n}",
            "text": _prose(number, n),
            "link": link,
        }
        for n in range(6)
    ]
    quotes = [
        {"text": _prose(number, 40 + n)[:400], "author": f"Reader {n}", "role": "Subscriber"}
        for n in range(3)
    ]
    questions = [
        {"question": f"Question {n} of {number}?", "answer": _prose(number, 20 + n)}
        for n in range(12)
    ]
    head = {"title": f"Part {number}", "eyebrow": "Series", "text": _prose(number, 60)}
    content = [
        ("Navigation", {"brand": "Benchmark", "links": links}),
        ("Hero", {**head, "variant": "plain", "actions": [link]}),
        ("Features", {**head, "items": items}),
        ("Testimonials", {**head, "quotes": quotes}),
        ("FAQ", {**head, "questions": questions}),
        ("CallToAction", {**head, "actions": [link]}),
        ("Footer", {"brand": "Benchmark", "columns": [{"title": "More", "links": links}]}),
    ]
    found = [
        {"type": kind, "props": {"id": f"s{place}", **props}}
        for place, (kind, props) in enumerate(content)
    ]
    return {"root": {"props": {}}, "content": found, "zones": {}}


def _prose(number: int, place: int) -> str:
    """Two paragraphs of some 400 letters that no other page has."""
    words = [WORDS[(number * 7 + place * 13 + step * step) % len(WORDS)] for step in range(120)]
    return f"{' '.join(words[:60])} {number}.\n\n{' '.join(words[60:])} {place}."


WORDS = [
    "shelf", "oven", "harbour", "ledger", "morning", "quiet", "timber", "clay", "river", "market",
    "bread", "season", "window", "lamp", "orchard", "signal", "paper", "copper", "garden", "winter",
    "stone", "letter", "bridge", "cotton", "pepper", "anchor", "meadow", "saddle", "kettle",
]  # fmt: skip


def _measure(project: Any, build: Callable[[], dict[str, Any]]) -> Figures:
    figures = Figures()
    build()
    _from_scratch(project)
    for number in range(ROUNDS):
        built = build()
        figures.add("wagtail-bakery", built["seconds"])
        assert built["pages"] == PAGES, built
        figures.bytes_theirs = built["bytes"] // PAGES
        seconds, release = _from_scratch(project)
        figures.add("from scratch", seconds)
        sizes = [
            e["size"] for e in release.manifest.values() if e["content_type"][:9] == "text/html"
        ]
        assert len(sizes) == PAGES + 1
        figures.bytes_ours = sum(sizes) // len(sizes)
        figures.add("one page changed", _changed(project, number))
    return figures


def _from_scratch(project: Any) -> tuple[float, Any]:
    """Publish with nothing that could be used again; the clock runs until it is committed."""
    from builder import publishing, releases

    publishing.unpublish(project=project)
    project.releases.all().delete()
    releases.drop_unreferenced(workspace_id=project.workspace_id)
    return _timed(lambda: publishing.publish(project=project, user=None))


def _changed(project: Any, number: int) -> float:
    from builder import publishing
    from builder.models import Wireframe

    page = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="p7")
    page.layout["content"][1]["props"]["title"] = f"Changed {number} at {time.time()}"
    page.save()
    seconds, _release = _timed(lambda: publishing.publish(project=project, user=None))
    return seconds


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


@contextmanager
def _bakery(var_dir: Path, layouts: list[dict[str, Any]]) -> Iterator[Callable[[], dict[str, Any]]]:
    """A Wagtail with the same content in a process of its own; yields what builds its site."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        python = _environment(place)
        # Alone, since a module of ours would be taken for a package of the same name.
        shutil.copytree(HERE / "bakery_site", place / "bakery_site")
        (place / "pages.json").write_text(json.dumps([*map(_wagtail_page, layouts, range(PAGES))]))
        environment = {
            **os.environ,
            "BAKERY_DATABASE_URL": _database(),
            "BAKERY_BUILD_DIR": str(place / "build"),
            "PYTHONWARNINGS": "ignore",
        }
        process = subprocess.Popen(
            [python, "-m", "bakery_site.runner", str(place / "pages.json")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=place,
        )  # fmt: skip
        try:
            assert _answer(process)["ready"]
            yield lambda: _ask(process)
        finally:
            process.terminate()
            process.wait(15)


def _environment(place: Path) -> str:
    """A virtual environment with Wagtail and bakery; BAKERY_PYTHON names one that stands."""
    if standing := os.environ.get("BAKERY_PYTHON"):
        return standing
    home = place / "venv"
    subprocess.run(["uv", "venv", "-q", "--python", sys.executable, str(home)], check=True)
    python = str(home / "bin" / "python")
    subprocess.run(["uv", "pip", "install", "-q", "--python", python, *PACKAGES], check=True)
    return python


def _database() -> str:
    import psycopg
    from django.conf import settings

    from config.backup import with_name

    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as connection:
        connection.execute(f"create database {DATABASE}")
    return with_name(settings.DATABASE_URL, DATABASE)


def _ask(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdin is not None
    process.stdin.write("build\n")
    process.stdin.flush()
    return _answer(process)


def _answer(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        sys.exit(f"Wagtail ended with status {process.wait()}")
    told: dict[str, Any] = json.loads(line)
    return told


def _wagtail_page(layout: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The same page as blocks of the benchmark's Wagtail site."""
    body = [{"type": "section", "value": _wagtail_section(each)} for each in layout["content"]]
    return {"title": f"Part {number}", "slug": f"p{number}", "body": body}


def _wagtail_section(component: Mapping[str, Any]) -> dict[str, Any]:
    props = component["props"]
    columns = props.get("columns", [])
    items = [
        {
            "title": item.get("title") or item.get("question") or item.get("author"),
            "label": item.get("label", item.get("role", "")),
            "text": item.get("text") or item.get("answer"),
            "links": [_wagtail_link(item["link"])] if "link" in item else [],
        }
        for name in ("items", "quotes", "questions")
        for item in props.get(name, [])
    ]
    links = [*props.get("links", []), *props.get("actions", [])]
    return {
        "kind": component["type"].lower(),
        "eyebrow": props.get("eyebrow", ""),
        "title": props.get("title", props.get("brand", "")),
        "text": props.get("text", ""),
        "items": items,
        "links": [_wagtail_link(each) for part in (links, *(c["links"] for c in columns))
                  for each in part],
    }  # fmt: skip


def _wagtail_link(link: Mapping[str, str]) -> dict[str, str]:
    return {"label": link["label"], "href": "/" + link["href"].removeprefix("page:") + "/"}


def _show(figures: Figures) -> int:
    times = figures.median("wagtail-bakery") / figures.median("from scratch")
    changed = 1000 * figures.median("one page changed")
    table = Table(title=f"{PAGES} pages published, medians of {ROUNDS} rounds")
    for name in ("", "seconds", "a page of", "times faster than bakery"):
        table.add_column(name, justify="right" if name else "left")
    size = {"wagtail-bakery": figures.bytes_theirs}
    for name in figures.seconds:
        median = figures.median(name)
        table.add_row(
            name, f"{median:.3f}", f"{size.get(name, figures.bytes_ours):,} bytes",
            f"{figures.median('wagtail-bakery') / median:.1f}",
        )  # fmt: skip
    Console(width=100).print(table)
    reached = times >= GOAL_TIMES and changed < GOAL_CHANGED_MS
    print("goals reached" if reached else "goals missed")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
