"""A page with a block that is decided for each visitor, beside the same page without one.

One pinned worker each, wrk on the other core, rounds that alternate. Ends with 1 where deciding
takes longer than a page may wait for it.
"""

import argparse
import os
import sys
from contextlib import ExitStack

import httpx

from benchmarks import sandbox
from benchmarks.harness import Line, Round, granian, median, show
from benchmarks.page_serving import Server
from benchmarks.wrk import SERVER_CORE, installed, paced

# A visitor who was here before; a new one differs by a cookie that is set.
VISITOR = "01234567-89ab-4cde-8f01-23456789abcd"
CODING = {"Accept-Encoding": "br"}
DECIDERS = {
    "decided in memory": "by_visitor",
    "decided after one statement": "by_visitor_and_row",
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=4)
    chosen = options.parse_args()
    if not installed():
        sys.exit("wrk is not installed (apt-get install wrk)")
    with sandbox.platform(), ExitStack() as stack:
        host = _publish()
        servers = _servers(stack, host)
        print(f"load average {os.getloadavg()[0]:.1f}")
        sys.exit(_measure(servers, chosen))


def _measure(servers: list[Server], chosen: argparse.Namespace) -> int:
    from builder.serving.deciding import BUDGET_SECONDS

    full = _rounds(servers, chosen, (16, 0))
    pace = paced(min(each.rate for each in full.values()) / 2)
    half = _rounds(servers, chosen, pace)
    plain = servers[0].name
    lines = [
        Line(name=name, measured=each, subject=None if name == plain else full[plain])
        for name, each in full.items()
    ]
    lines += [
        Line(name=f"{name}, at half of the lowest load", measured=each)
        for name, each in half.items()
    ]
    show("a page by br; ratios are the plain page's to it", lines, unit="page")
    slower = max(each.p99_ms for each in half.values()) - half[plain].p99_ms
    print(f"p99 at half load: at most {slower:.1f} ms over the plain page's")
    return int(slower > 1000 * BUDGET_SECONDS)


def _rounds(
    servers: list[Server], chosen: argparse.Namespace, pace: tuple[int, int]
) -> dict[str, Round]:
    found: dict[str, list[Round]] = {server.name: [] for server in servers}
    for server in servers:
        server.round(CODING, seconds=1)
    for _ in range(chosen.rounds):
        for server in servers:
            found[server.name].append(server.round(CODING, seconds=chosen.seconds, pace=pace))
    return {name: median(rounds) for name, rounds in found.items()}


def _servers(stack: ExitStack, host: str) -> list[Server]:
    """The plain page, then the decided ones; each is asked once, and must be what it is called."""
    from builder.serving import cookies

    found = []
    plain = stack.enter_context(granian("config.edge:application", core=SERVER_CORE))
    edges = [("plain page", plain)]
    for name, decider in DECIDERS.items():
        target = "benchmarks.deciders:application"
        edges.append(
            (name, stack.enter_context(granian(target, core=SERVER_CORE, DECIDER=decider)))
        )
    for name, (port, process) in edges:
        headers = {"Host": host, "Cookie": f"{cookies.VISITOR}={VISITOR}"}
        url = f"http://127.0.0.1:{port}/"
        answer = httpx.get(url, headers={**headers, **CODING}, timeout=30)
        assert answer.status_code == 200, answer.text
        decided = "private" in answer.headers["cache-control"]
        assert decided == (name != "plain page"), answer.headers
        assert ("Good evening" in answer.text) == decided
        print(f"{name}: {len(answer.text.encode()):,} bytes, {answer.headers['content-length']} br")
        found.append(Server(name=name, url=url, process=process, headers=headers))
    return found


def _publish() -> str:
    """A site whose home page has a hero of two variants; returns its host."""
    from accounts import workspaces
    from accounts.models import User
    from builder import projects, publishing
    from builder.models import Template, Wireframe

    owner = User.objects.create_user("benchmark@example.com", "a password for benchmarks")
    project = projects.create_from_template(
        workspace=workspaces.create(owner=owner, name="Benchmark"), owner=owner, name="Benchmark",
        template=Template.objects.get(workspace=None, slug="millibar"),
    )  # fmt: skip
    home = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    hero = next(each for each in home.layout["content"] if each["type"] == "Hero")
    variants = {"variants": {"evening": {"title": "Good evening"}}}
    home.layout["root"].setdefault("props", {})["dynamic"] = {hero["props"]["id"]: variants}
    home.save()
    project.settings = {}  # one language, whatever languages the template has
    project.save()
    publishing.publish(project=project, user=owner)
    return f"{projects.primary_label(project=project)}.localhost"


if __name__ == "__main__":
    main()
