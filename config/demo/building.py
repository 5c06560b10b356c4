"""Making the site as a client of the API does: template, words, colours, workflow, publish."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from builder.models import ComponentIntelligence, Project, Release, ReleaseFile, Wireframe
from config.demo.client import Client, DemoError
from config.demo.milestones import Milestones
from journeys.models import ComponentWorkflowConnection, Workflow

TEMPLATE = "marram"
NAME = "Marram Architects"
TITLE = "Houses that *lean into* the weather"
TEXT = (
    "We are five architects on the Suffolk coast. We build small, repairable timber houses for "
    "exposed places, and we stay until the first two winters have been through them."
)
ACCENT = {"colorSpace": "srgb", "components": [0.1333, 0.298, 0.2784], "hex": "#224c47"}


@dataclass(frozen=True, kw_only=True)
class Built:
    """The live site: `host` without port, `pages` and `form_page` are paths."""

    project_id: str
    label: str
    host: str
    write_key: str
    pages: list[str]
    form_page: str
    component_id: str


def build_site(client: Client, milestones: Milestones) -> Built:
    """Reach the milestones up to the live site; what an earlier run made is used again."""
    project = _choose(client, milestones)
    _change(client, milestones, project)
    component = _connect(client, milestones, project)
    return _publish(client, milestones, project, component)


def _choose(client: Client, milestones: Milestones) -> dict[str, Any]:
    with milestones.reach("Template chosen, project made") as made:
        template = _only(client.all("templates/", slug=TEMPLATE), f"template {TEMPLATE}")
        mine = [row for row in client.all("projects/") if row["name"] == NAME]
        project: dict[str, Any] = (
            mine[0]
            if mine
            else client.post("projects/", {"template": template["id"], "name": NAME})
        )
        made.count(
            projects=Project.objects.filter(pk=project["id"]).count(),
            pages=Wireframe.objects.filter(sitemap__project=project["id"]).count(),
        )
        made.detail = template["name"]
    return project


def _change(client: Client, milestones: Milestones, project: dict[str, Any]) -> None:
    with milestones.reach("Words and colours changed") as changed:
        pages = client.all("wireframes/", project=project["id"])
        home = _only([page for page in pages if page["page_key"] == "home"], "page home")
        layout = home["layout"]
        hero = _only([block for block in layout["content"] if block["type"] == "Hero"], "hero")
        hero["props"] |= {"title": TITLE, "text": TEXT}
        client.patch(f"wireframes/{home['id']}/", {"layout": layout})
        style = _only(client.all("style-guides/", project=project["id"]), "style guide")
        colors = style["colors"]
        colors["accent"]["$value"] = ACCENT
        client.patch(f"style-guides/{style['id']}/", {"colors": colors})
        changed.count(
            components=ComponentIntelligence.objects.filter(project=project["id"]).count()
        )


def _connect(client: Client, milestones: Milestones, project: dict[str, Any]) -> dict[str, Any]:
    with milestones.reach("Contact form connected to a workflow") as connected:
        found = client.all("components/", project=project["id"], component_type="contact_form")
        component: dict[str, Any] = _only(found, "contact form")
        workflows = client.all("workflows/", project=project["id"])
        workflow = (
            workflows[0]
            if workflows
            else client.post(
                "workflows/from-recipe/", {"recipe": "lead_capture", "project": project["id"]}
            )
        )
        client.post(
            "connections/",
            {
                "project": project["id"],
                "component_id": component["component_id"],
                "workflow": workflow["id"],
            },
        )
        connected.count(
            workflows=Workflow.objects.filter(project=project["id"]).count(),
            connections=ComponentWorkflowConnection.objects.filter(
                component_intelligence__project=project["id"], status="active"
            ).count(),
        )
        connected.detail = workflow["name"]
    return component


def _publish(
    client: Client, milestones: Milestones, project: dict[str, Any], component: dict[str, Any]
) -> Built:
    with milestones.reach("Site published") as live:
        release = client.post(f"projects/{project['id']}/publish/")
        project = client.get(f"projects/{project['id']}/")
        sitemap = _only(client.all("sitemaps/", project=project["id"]), "sitemap")
        pages = {key: page["path"] for key, page in sitemap["pages"].items()}
        wireframes = client.all("wireframes/", project=project["id"])
        form_page = next(
            page["page_key"] for page in wireframes if page["id"] == component["wireframe"]
        )
        host = urlsplit(project["site_url"]).hostname or ""
        built = Built(
            project_id=project["id"],
            label=host.split(".")[0],
            host=host,
            write_key=_write_key(project["site_url"]),
            pages=sorted(pages.values(), key=len),
            form_page=pages[form_page],
            component_id=component["component_id"],
        )
        live.count(
            releases=Release.objects.filter(project=project["id"]).count(),
            files=ReleaseFile.objects.filter(
                workspace__in=Project.objects.filter(pk=project["id"]).values("workspace")
            ).count(),
        )
        live.detail = f"release {release['number']}"
    return built


def _write_key(site_url: str) -> str:
    """The public key, from the page itself: where every visitor's browser finds it."""
    parts = urlsplit(site_url)
    address = f"http://127.0.0.1:{parts.port}/"
    page = httpx.get(address, headers={"Host": parts.netloc}, timeout=30)
    found = re.search(r'data-key="([^"]+)"', page.text)
    if page.is_error or found is None:
        raise DemoError(f"{site_url} answered {page.status_code} without the tracker's key.")
    return found[1]


def _only(rows: list[Any], name: str) -> Any:
    if not rows:
        raise DemoError(f"The API knows no {name}; `manage.py demo --reset` begins anew.")
    return rows[0]
