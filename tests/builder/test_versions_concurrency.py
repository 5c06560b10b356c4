"""Many writers at once, each committing on its own: nothing lost, no gap, nobody fails."""

import threading
from functools import partial

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.models import F

from accounts.tenancy import owner
from builder import versioning
from builder.models import VersionHistory, Wireframe
from tests.builder.factories import ProjectFactory
from tests.builder.test_collaboration_api import client_of
from tests.builder.test_versions_api import url_of
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 20


@pytest.fixture
def page():
    project = ProjectFactory()
    return Wireframe.objects.filter(sitemap__project=project).earliest("id")


def at_once(*tasks):
    """Run the tasks in a thread each, all beginning together; returns what they returned."""
    barrier, results = threading.Barrier(len(tasks)), [None] * len(tasks)

    def run(index, task):
        try:
            barrier.wait(timeout=30)
            results[index] = task()
        except Exception as error:  # noqa: BLE001  told to the test
            results[index] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=pair) for pair in enumerate(tasks)
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def kept(page):
    return list(VersionHistory.objects.of(page).order_by("version_number"))


def test_twenty_people_saving_one_page_lose_no_version(page):
    people = [
        MembershipFactory(workspace=page.workspace, role="editor") for _ in range(WRITERS)
    ]  # fmt: skip
    clients = [client_of(person) for person in people]
    answers = at_once(*(
        partial(client.patch, url_of(page), {"title": f"T{number}"})
        for number, client in enumerate(clients)
    ))  # fmt: skip
    assert [getattr(answer, "status_code", answer) for answer in answers] == [200] * WRITERS
    rows = kept(page)
    assert [row.version_number for row in rows] == list(range(1, WRITERS + 2))
    assert {row.data["title"] for row in rows[1:]} == {f"T{n}" for n in range(WRITERS)}
    assert {row.user_id for row in rows[1:]} == {person.user_id for person in people}
    assert sorted(answer.json()["version"] for answer in answers) == list(range(2, WRITERS + 2))
    times = [row.saved_at for row in rows]
    assert times == sorted(times)
    page.refresh_from_db()
    assert page.revision == f"{WRITERS + 1}.1"


def test_twenty_named_saves_of_one_person_are_twenty_versions(page):
    person = UserFactory()

    def save(number):
        with owner(reason="test", user_id=person.pk):
            versioning.save_named(entity=page, message=f"M{number}")

    results = at_once(*(partial(save, number) for number in range(WRITERS)))
    assert results == [None] * WRITERS
    rows = kept(page)
    assert [row.version_number for row in rows] == list(range(1, WRITERS + 2))
    assert {row.message for row in rows[1:]} == {f"M{number}" for number in range(WRITERS)}


def test_twenty_autosaves_of_one_person_are_one_version_that_took_up_all(page):
    person = UserFactory()
    Wireframe.objects.filter(pk=page.pk).update(style_guide={"count": 0})

    def save():
        with owner(reason="test", user_id=person.pk), connection.cursor() as cursor:
            cursor.execute(
                """update builder_wireframe set style_guide = jsonb_build_object(
                'count', (style_guide ->> 'count')::int + 1) where id = %s""",
                [page.pk],
            )

    assert at_once(*[save] * WRITERS) == [None] * WRITERS
    rows = kept(page)
    assert [row.version_number for row in rows] == [1, 2, 3]
    assert rows[-1].data["style_guide"] == {"count": WRITERS}
    page.refresh_from_db()
    assert page.revision == f"3.{WRITERS}"


def test_of_two_with_the_same_tag_one_wins(page):
    people = [
        MembershipFactory(workspace=page.workspace, role="editor") for _ in range(2)
    ]  # fmt: skip
    clients = [client_of(person) for person in people]
    for number in range(5):
        tag = clients[0].get(url_of(page))["ETag"]
        answers = at_once(*(
            partial(client.patch, url_of(page), {"title": f"{number}-{who}"},
                    headers={"If-Match": tag})
            for who, client in enumerate(clients)
        ))  # fmt: skip
        codes = [answer.status_code for answer in answers]
        assert sorted(codes) == [200, 412]
        page.refresh_from_db()
        assert page.title == f"{number}-{codes.index(200)}"


def test_changes_of_different_fields_do_not_undo_each_other(page):
    """A partial change puts back nothing that it read before another's was committed."""
    clients = [
        client_of(MembershipFactory(workspace=page.workspace, role="editor")) for _ in range(2)
    ]
    for number in range(5):
        bodies = ({"title": f"T{number}"}, {"description": f"D{number}"})
        answers = at_once(*(
            partial(client.patch, url_of(page), body)
            for client, body in zip(clients, bodies, strict=True)
        ))  # fmt: skip
        assert [answer.status_code for answer in answers] == [200, 200]
        page.refresh_from_db()
        assert (page.title, page.description) == (f"T{number}", f"D{number}")


def test_a_kill_in_the_middle_leaves_nothing_half_written(page):
    """The server ends the connection after the save, before its commit."""
    began, killed = threading.Event(), threading.Event()
    process = []

    def save():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            process.append(cursor.fetchone()[0])
            Wireframe.objects.filter(pk=page.pk).update(title="Half")
            began.set()
            killed.wait(timeout=30)
            Wireframe.objects.filter(pk=page.pk).update(title=F("page_key"))

    def kill():
        began.wait(timeout=30)
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 5000)", process)
        killed.set()

    failed, _none = at_once(save, kill)
    assert isinstance(failed, OperationalError)
    page.refresh_from_db()
    assert (page.revision, len(kept(page))) == ("1.1", 1)
    Wireframe.objects.filter(pk=page.pk).update(title="Whole")
    assert [row.version_number for row in kept(page)] == [1, 2]
