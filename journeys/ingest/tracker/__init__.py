"""The script of published pages that sends what visitors do (setting BUILDER_PAGE_SCRIPTS)."""

from functools import cache
from pathlib import Path

from accounts.keys import issue_key
from accounts.models import ApiKey
from builder.models import Project
from builder.rendering.scripts import PageScript
from builder.serving.cookies import CONSENT_REQUIRED
from journeys.ingest.keys import PROJECT_SCOPE


def page_script(*, project: Project) -> PageScript:
    """The tracker with the site's own write key, which is issued at the first publishing.

    Called while the project's row is held, so that two publishings make one key. Where the site
    asks for consent first, so does the tracker, as the page deciders do.
    """
    attributes = {"data-key": site_key(project=project)}
    settings = project.settings if isinstance(project.settings, dict) else {}
    if settings.get("consent") == CONSENT_REQUIRED:
        attributes["data-consent"] = CONSENT_REQUIRED
    return PageScript(name="tracker.js", body=_body(), attributes=attributes)


def site_key(*, project: Project) -> str:
    """The live write key of a project's site; every page shows it to everyone."""
    scope = f"{PROJECT_SCOPE}{project.pk}"
    key = (
        ApiKey.objects.live()
        .filter(workspace_id=project.workspace_id, kind=ApiKey.Kind.INGEST)
        .filter(scopes__contains=[scope])
        .exclude(public_token="")
        .order_by("id")
        .first()
    )
    if key is not None:
        return key.public_token
    _key, secret = issue_key(
        workspace=project.workspace,
        kind=ApiKey.Kind.INGEST,
        name=f"Site: {project.name}"[:100],
        scopes=[scope],
        public=True,
    )
    return secret


@cache
def _body() -> bytes:
    return (Path(__file__).parent / "tracker.min.js").read_bytes()
