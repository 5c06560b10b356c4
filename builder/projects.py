"""Making projects, and what they are found by."""

import datetime
import secrets
import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import quotas, tenancy
from accounts.faults import Fault
from accounts.models import User, Workspace
from builder import documents, releases, template_languages
from builder.models import Project, SiteAddress, Sitemap, StyleGuide, Template, Wireframe

log = structlog.get_logger(__name__)

# Labels that would be taken for the platform's own hosts.
RESERVED_LABELS = frozenset(
    {"www", "api", "app", "admin", "console", "office", "edge", "static", "assets", "mail", "smtp"}
)


class ProjectGoneError(Exception):
    """The project was deleted while something was to be done with it; `faults` say so."""

    def __init__(self) -> None:
        fault = gone()
        super().__init__(fault.detail)
        self.faults = [fault]


def gone() -> Fault:
    """That a project was deleted, or put into the bin, while somebody waited for its row."""
    return Fault("", "gone", _("The project was deleted meanwhile."))


def create_from_template(
    *,
    workspace: Workspace,
    owner: User,
    template: Template,
    name: str,
    language: str | None = None,
    locales: Collection[str] | None = None,
) -> Project:
    """Make a project with the template's pages and style, and a free address near to its name.

    `language` is the site's own (by default the template's own); `locales` are those of the
    template's other languages that the site is in as well (None: all). Raises QuotaExceededError
    where the workspace's tier allows no more projects.
    """
    quotas.check(workspace_id=workspace.pk, kind=quotas.Kind.PROJECTS)
    own = language or template.language
    others = template_languages.others(template, own=own, wanted=locales)
    document = template_languages.document_in(template, own)
    document = template_languages.in_languages(document, others)
    with transaction.atomic():
        project = with_free_slug(
            workspace=workspace,
            name=name,
            slug=slug_near(name, otherwise=template.slug),
            owner=owner,
            template=template,
            language=own,
            description=template.local_description(own),
            settings=_settings(template, own=own, name=name, others=others),
        )
        sitemap = _sitemap(project, document)
        for page in document["pages"]:
            _page(sitemap, page, tokens=document["tokens"])
        project.current_sitemap = sitemap
        project.save(update_fields=["current_sitemap", "updated_at"])
        give_address(project=project)
    log.info("project.created", project_id=str(project.pk), template_id=str(template.pk))
    return project


def count_of(workspace_id: uuid.UUID, since: datetime.datetime) -> int:
    """How many projects the workspace has, for its quota; they stand, whenever they were made.

    Those in the bin do not count.
    """
    return Project.objects.standing().filter(workspace_id=workspace_id).count()


def remove(*, project: Project) -> None:
    """Delete a project for good, with all that came of it, its visitors' events and its files too.

    As the owner of the tables: a tenant may not delete events, one by one or otherwise. The caller
    has found out that the person may delete the project.
    """
    workspace_id, project_id = project.workspace_id, project.pk
    with tenancy.owner(reason="remove_project"):
        project.delete()
        releases.drop_unreferenced(workspace_id=workspace_id)
    log.info("project.removed", project_id=str(project_id))


def archive(*, project: Project) -> Project:
    """Put a project aside: its site is closed until it is restored. Twice is once.

    Raises `ProjectGoneError`.
    """
    return _moved(project, lambda _locked: Project.Status.ARCHIVED)


def restore(*, project: Project) -> Project:
    """Take an archived project up again, with the site that was live; twice is once.

    Raises `ProjectGoneError`.
    """
    return _moved(project, restored_status)


def restored_status(project: Project) -> str:
    """The status that a project has when it is not archived."""
    if project.status != Project.Status.ARCHIVED:
        return project.status
    return Project.Status.ACTIVE if project.live_release_id else Project.Status.DRAFT


def _moved(project: Project, wanted: Callable[[Project], str]) -> Project:
    with transaction.atomic():
        # Not its key: events that point at the project come in meanwhile.
        held = Project.objects.select_for_update(of=("self",), no_key=True)
        locked = held.filter(pk=project.pk).first()
        if locked is None:
            raise ProjectGoneError
        before = locked.status
        locked.transition(wanted(locked))
        if locked.status != before:
            locked.save(update_fields=["status", "updated_at"])
            log.info("project.moved", project_id=str(locked.pk), status=locked.status)
    project.refresh_from_db(fields=["status", "site_changed_at", "updated_at"])
    return project


def give_address(*, project: Project) -> SiteAddress:
    """Give a project its primary address: its slug where that is free, else one near to it."""
    base = project.slug[:50].strip("-") or "site"
    label = base if base not in RESERVED_LABELS else _varied(base)
    while True:
        try:
            with transaction.atomic():
                return SiteAddress.objects.create(
                    workspace_id=project.workspace_id, project=project, label=label, is_primary=True
                )
        except IntegrityError:
            if project.addresses.filter(is_primary=True).exists():
                raise
            label = _varied(base)


def primary_label(*, project: Project) -> str:
    """The label of the project's own address, or of its first; "" when it has none."""
    # Sorted here, so that addresses fetched beforehand cost no query a project.
    addresses = sorted(project.addresses.all(), key=lambda item: (not item.is_primary, item.pk))
    return addresses[0].label if addresses else ""


def primary_host(*, project: Project) -> str:
    """The verified host of the customer's own that the site gives as its address; "" for none."""
    # Looked for here, so that domains fetched beforehand cost no query a project.
    found = (each for each in project.domains.all() if each.is_primary and each.is_verified)
    return next((each.host for each in found), "")


def site_url(*, project: Project) -> str:
    """The site's address without a closing slash, such as `http://cafe.localhost:8000`."""
    label = primary_label(project=project)
    host = primary_host(project=project) or (f"{label}.{settings.SITES_DOMAIN}" if label else "")
    scheme, _sep, rest = settings.PUBLIC_SITES_URL.partition("://")
    _host, colon, port = rest.partition(":")
    return f"{scheme}://{host}{colon}{port}" if host else ""


def path_url(*, project: Project) -> str:
    """The same site by path, for browsers that do not know its host."""
    label = primary_label(project=project)
    return f"{settings.PUBLIC_SITES_URL}/s/{label}/" if label else ""


def slug_near(name: str, *, otherwise: str) -> str:
    """A slug out of a name; `otherwise` for one that has none, as one in Arabic."""
    return slugify(name)[:50].strip("-") or otherwise[:50]


def with_free_slug(*, workspace: Workspace, slug: str, **fields: Any) -> Project:
    """Make a project's row, with the slug where that is free, else with one near to it."""
    base = slug
    while True:
        try:
            with transaction.atomic():
                return Project.objects.create(workspace=workspace, slug=slug, **fields)
        except IntegrityError as error:
            # Whoever has the slug may be in the bin, where nobody sees it.
            diagnosis = getattr(error.__cause__, "diag", None)
            if getattr(diagnosis, "constraint_name", None) != "builder_project_slug":
                raise
            slug = _varied(base[:50])


def _settings(
    template: Template, *, own: str, name: str, others: Collection[str]
) -> dict[str, Any]:
    """A new project's settings: its other languages, and what the site is about (schema.org).

    Whoever keeps the template's name for the site has it in each language; another name is the
    same in all of them.
    """
    kept = name == template_languages.site_name(template, own)
    names = {
        each: {"name": template_languages.site_name(template, each) if kept else name}
        for each in others
    }
    kind = template.document.get("schema_type")
    about = {"schema_type": kind} if kind else {}
    return {**({"locales": names} if names else {}), **about}


def _sitemap(project: Project, document: Mapping[str, Any]) -> Sitemap:
    pages = {
        page["key"]: {
            "title": page["title"],
            "path": page["path"],
            "description": page.get("description", ""),
            "order": order,
            **({"translations": page["translations"]} if page.get("translations") else {}),
        }
        for order, page in enumerate(document["pages"])
    }
    return Sitemap.objects.create(
        workspace_id=project.workspace_id, project=project, title=project.name, pages=pages
    )


def _page(sitemap: Sitemap, page: dict[str, Any], *, tokens: dict[str, Any]) -> None:
    wireframe = documents.save_wireframe(
        wireframe=Wireframe(
            workspace_id=sitemap.workspace_id,
            sitemap=sitemap,
            page_key=page["key"],
            title=page["title"],
            description=page.get("description", ""),
            layout=page["layout"],
        )
    )
    if page["path"] == "/":
        StyleGuide.objects.create(
            workspace_id=sitemap.workspace_id,
            wireframe=wireframe,
            title=sitemap.title,
            **documents.style_columns(tokens),
        )


def _varied(base: str) -> str:
    return f"{base}-{secrets.token_hex(2)}"
