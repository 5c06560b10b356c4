"""A project in the bin breaks no page and no list, whatever other parts keep of it."""

import pytest
from django.utils import timezone

from builder import trash
from builder.models import Project
from config.urls import router
from tests.config.api_roles import callers, operations
from tests.config.console_walk import address, new_scene, pages, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = new_scene()
    trash.put(project=scene.one(Project), by=scene.user, now=timezone.now())
    return scene


def test_every_list_and_record_of_the_api_is_read(scene, settings):
    settings.REQUESTS_PER_MINUTE = 1_000_000
    client = callers(scene)[0].client
    broken = []
    for prefix, viewset, _name in router.registry:
        if not hasattr(viewset, "list"):
            continue
        expand = ",".join(getattr(viewset, "expandable", {}))
        query = (
            {"expand": expand} if expand and ("list", "get", False) in operations(prefix) else {}
        )
        listed = client.get(f"/api/v1/{prefix}/", query)
        if listed.status_code == 403:
            continue  # the platform's own
        if listed.status_code >= 400:
            broken.append((prefix, listed.status_code))
            continue
        rows = listed.json()
        for row in rows["results"] if isinstance(rows, dict) else []:
            one = client.get(f"/api/v1/{prefix}/{row.get('id')}/")
            if one.status_code >= 500:
                broken.append((prefix, row["id"]))
    assert broken == []


@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_every_page_of_the_console_opens(scene, role):
    client = sign_in(scene, role)
    client.raise_request_exception = False
    broken, opened = [], 0
    for label, page in pages().items():
        everything = "?period=all" if page.big else ""
        listed = client.get(address(page, "changelist") + everything, follow=True)
        if listed.status_code >= 500:
            broken.append(label)
            continue
        rows = listed.context["cl"].result_list[:10] if listed.status_code == 200 else ()
        opened += len(rows)
        # Hidden from the list or not: somebody has its address.
        keys = {scene.one(page.model).pk, *(row.pk for row in rows)}
        broken += [
            f"{label} {key}"
            for key in keys
            if client.get(address(page, "change", key)).status_code >= 500
        ]
    assert broken == []
    assert opened > 50
