"""The script of published pages."""

from pathlib import Path

import pytest
import rjsmin
from django.db import transaction

from accounts.keys import revoke_key
from accounts.models import ApiKey
from builder import publishing, storing
from journeys.ingest import tracker
from journeys.models import Event
from tests.builder.factories import ProjectFactory
from tests.journeys.doorway import post

FOLDER = Path(tracker.__file__).parent


def test_the_published_script_is_small_and_made_of_its_source():
    published = (FOLDER / "tracker.min.js").read_text()
    assert len(published.encode()) < 4000
    assert published == rjsmin.jsmin((FOLDER / "tracker.js").read_text()) + "\n", (
        "run `manage.py minify_tracker`"
    )


@pytest.mark.django_db
def test_a_site_has_one_key_of_its_own(workspace, user):
    project = ProjectFactory(workspace=workspace, owner=user, name="Dune House")
    publishing.publish(project=project, user=user)
    publishing.publish(project=project, user=user, note="again")
    key = ApiKey.objects.get()
    assert (key.kind, key.scopes) == ("ingest", [f"project:{project.pk}"])
    assert tracker.site_key(project=project) == key.public_token
    assert tracker.page_script(project=project).attributes == {"data-key": key.public_token}
    html = workspace_file(project, project.live_release.manifest["/"]["sha256"]).decode()
    assert f'data-key="{key.public_token}"' in html


def workspace_file(project, sha256):
    from builder.models import ReleaseFile

    file = ReleaseFile.objects.get(workspace=project.workspace, sha256=sha256)
    return storing.plain(file.body, file.gzip)


@pytest.mark.django_db
@pytest.mark.parametrize("settings", [{"consent": "required"}, {"consent": "no"}, {}, ["consent"]])
def test_the_tracker_is_told_where_a_site_asks_for_consent(workspace, user, settings):
    project = ProjectFactory(workspace=workspace, owner=user)
    project.settings = settings
    told = tracker.page_script(project=project).attributes.get("data-consent")
    assert told == ("required" if settings == {"consent": "required"} else None)


@pytest.mark.django_db
def test_a_revoked_key_is_replaced(workspace, user):
    project = ProjectFactory(workspace=workspace, owner=user)
    before = tracker.site_key(project=project)
    revoke_key(key=ApiKey.objects.get())
    assert tracker.site_key(project=project) != before


def test_events_come_in_while_their_site_is_being_published(edge_database, workspace_at_door, user):
    project = ProjectFactory(workspace=workspace_at_door, owner=user)
    key = tracker.site_key(project=project)
    with transaction.atomic():
        publishing.publish(project=project, user=user)
        answer = post("/v1/page", json={"anonymousId": "v", "writeKey": key})
    assert answer.status_code == 200


def test_events_of_a_sites_key_are_its_projects(edge_database, workspace_at_door, user):
    project = ProjectFactory(workspace=workspace_at_door, owner=user)
    key = tracker.site_key(project=project)
    post("/v1/page", json={"anonymousId": "v", "writeKey": key})
    assert Event.objects.get().project == project
    project.delete()
    assert not Event.objects.exists()
    assert post("/v1/page", json={"anonymousId": "v", "writeKey": key}).status_code == 200
    assert Event.objects.get().project is None
