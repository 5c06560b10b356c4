"""What visitors get of a project in the bin, from the edge itself."""

import asyncio

import pytest
from django.utils import timezone

from builder import previews, projects, publishing, trash
from tests.builder.edge import elsewhere, eventually, serving, visit, web_database_url

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "http://dune-house.localhost"


@pytest.fixture(autouse=True)
def _web_login(settings, db):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"


def put(project):
    trash.put(project=project, by=None, now=timezone.now())


def test_a_site_is_gone_and_comes_back_whole(project):
    publishing.publish(project=project, user=None)
    before = visit(f"{HOST}/practice")
    put(project)
    assert visit(f"{HOST}/practice").status_code == 410
    assert visit("http://localhost/s/dune-house/").status_code == 410
    trash.restore(project=project, by=None)
    again = visit(f"{HOST}/practice")
    assert (again.status_code, again.content) == (200, before.content)


def test_what_was_never_live_or_is_deleted_for_good_is_not_found(project):
    put(project)
    assert visit(HOST).status_code == 404
    trash.remove(project=project)
    assert visit(HOST).status_code == 404


@pytest.mark.parametrize("archived", [False, True])
def test_a_running_process_closes_site_and_previews_within_a_second(project, archived):
    publishing.publish(project=project, user=None)
    preview = previews.create(project=project, user=None).url.replace("http://localhost:8000", "")
    if archived:
        projects.archive(project=project)

    async def watch():
        async with serving(news=True) as client:
            opened = await client.get(preview)
            assert opened.status_code == 200
            await asyncio.sleep(0.3)  # until the listener stands
            await elsewhere(put, project)

            async def is_closed():
                answers = [await client.get(preview), await client.get("/s/dune-house/")]
                return [each.status_code for each in answers] == [404, 410]

            await eventually(is_closed, seconds=1)

    asyncio.run(watch())
