"""Archives: everything that is about a person, nothing that is secret or another's."""

import datetime as dt
import io
import json
import tracemalloc
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import DataExport, User
from accounts.privacy import archives
from accounts.privacy.archive_files import write_archive
from accounts.privacy.rules import plan
from accounts.privacy.subjects import user_subject
from journeys.models import Contact, Event
from journeys.privacy import contact_subject
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory
from tests.journeys.factories import ContactFactory, EventFactory, LeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _exports_of_this_test(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "exports"},
        },
    }


@pytest.fixture
def scene():
    member = MembershipFactory(role="owner")
    made = Scene(workspace=member.workspace, user=member.user)
    made.everything()
    return made


def written(subject, tmp_path):
    path = tmp_path / "archive.zip"
    write_archive(subject=subject, path=path, now=timezone.now())
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("kind", ["user", "contact"])
def test_every_row_that_is_about_the_person_is_there_once(scene, tmp_path, kind):
    subject = user_subject(scene.user) if kind == "user" else contact_subject(scene.one(Contact))
    files = written(subject, tmp_path)
    for rule in plan(kind):
        if not rule.personal.exported or rule.is_mention:
            continue
        wanted = {str(key) for key in rule.rows(subject).values_list("pk", flat=True)}
        name = f"data/{rule.model._meta.label_lower}.ndjson"
        found = [str(row[rule.model._meta.pk.attname]) for row in lines(files.get(name, ""))]
        assert wanted <= set(found), name
        assert len(found) == len(set(found)), name


def test_secrets_are_never_in_it(scene, tmp_path):
    scene.user.set_password("an old secret")
    scene.user.save()
    from accounts.keys import issue_key

    key, secret = issue_key(
        workspace=scene.workspace, kind="personal", name="mine", user=scene.user
    )
    scene.user.authenticator_set.create(type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    everything = "\n".join(written(user_subject(scene.user), tmp_path).values())
    stored = User.with_deleted.get(pk=scene.user.pk).password
    for hidden in (stored, secret, key.hashed_key, "JBSWY3DPEHPK3PXP"):
        assert hidden not in everything
    assert key.prefix in everything


def test_the_manifest_counts_and_names_in_both_languages(tmp_path):
    contact = ContactFactory()
    EventFactory(contact=contact)
    EventFactory(contact=contact)
    files = written(contact_subject(contact), tmp_path)
    manifest = json.loads(files["manifest.json"])
    events = next(each for each in manifest["files"] if each["record"] == "journeys.Event")
    assert events["rows"] == 2
    assert set(events["title"]) == {"en", "ar"}
    assert manifest["rows"] == sum(each["rows"] for each in manifest["files"])
    assert "about a visitor" in files["README.txt"]
    assert any("\u0600" <= letter <= "\u06ff" for letter in files["README.ar.txt"])
    assert "about a visitor" not in files["README.ar.txt"]


def test_of_others_rows_only_what_is_about_the_person(tmp_path):
    contact = ContactFactory(email="anna@example.com")
    other = ContactFactory(workspace=contact.workspace, email="other@example.com")
    EventFactory(
        contact=other,
        properties={
            "card": "another's own",
            "invited": [{"name": "Anna", "email": "anna@example.com"}],
        },
    )
    files = written(contact_subject(contact), tmp_path)
    (mention,) = lines(files["mentions/journeys.event.ndjson"])
    assert mention["found"] == [{"name": "Anna", "email": "anna@example.com"}]
    assert "another's own" not in "".join(files.values())
    assert "other@example.com" not in "".join(files.values())


def test_another_workspaces_rows_are_not_in_it(tmp_path):
    contact = ContactFactory(email="same@example.com")
    LeadFactory(email="same@example.com", name="Elsewhere")
    assert "Elsewhere" not in "".join(written(contact_subject(contact), tmp_path).values())


def test_memory_does_not_grow_with_the_rows(tmp_path):
    contact = ContactFactory()
    event = EventFactory(contact=contact, properties={"note": "x" * 200})
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into journeys_event (workspace_id, contact_id, project_id, type, event_name,
            properties, context, timestamp, message_id, anonymous_id, user_agent)
            select workspace_id, contact_id, project_id, type, event_name, properties, context,
            timestamp, 'm' || n, anonymous_id, user_agent
            from journeys_event, generate_series(1, 20000) n where id = %s""",
            (event.pk,),
        )
    tracemalloc.start()
    files_at = tmp_path / "large.zip"
    rows = write_archive(subject=contact_subject(contact), path=files_at, now=timezone.now())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows >= 20_000
    assert peak < 12 * 1024 * 1024


def test_queries_do_not_grow_with_the_rows(tmp_path):
    def count(contact):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            write_archive(
                subject=contact_subject(contact), path=tmp_path / "x.zip", now=timezone.now()
            )
        return len(queries)

    few, many = ContactFactory(), ContactFactory()
    count(few)
    for _ in range(5):
        EventFactory(contact=many)
    assert count(many) == count(few)


def test_an_archive_is_made_by_the_clock_and_forgotten_after_a_week():
    user = UserFactory()
    now = timezone.now()
    export = archives.request(subject=user_subject(user), requested_by=user)
    assert archives.request(subject=user_subject(user), requested_by=user) == export
    assert archives.make_due(now=now) == 1
    assert archives.make_due(now=now) == 0
    export.refresh_from_db()
    assert export.status == "ready"
    with archives.open_file(export) as file:
        assert "manifest.json" in zipfile.ZipFile(io.BytesIO(file.read())).namelist()
    assert archives.forget_old(now=now + dt.timedelta(days=6)) == 0
    assert archives.forget_old(now=now + dt.timedelta(days=8)) == 1
    old = export.file
    export.refresh_from_db()
    assert (export.status, export.file) == ("expired", "")
    assert not archives.storage().exists(old)


def test_an_archive_of_somebody_who_is_gone_fails():
    user = UserFactory()
    export = archives.request(subject=user_subject(user), requested_by=None)
    User.with_deleted.filter(pk=user.pk).delete()
    archives.make_due(now=timezone.now())
    export.refresh_from_db()
    assert (export.status, export.error_message) == ("failed", "gone")


def test_an_archive_that_cannot_be_made_says_so(monkeypatch):
    user = UserFactory()
    export = archives.request(subject=user_subject(user), requested_by=user)
    monkeypatch.setattr(archives, "write_archive", lambda **_: 1 / 0)
    assert archives.make_due(now=timezone.now()) == 0
    export.refresh_from_db()
    assert (export.status, export.error_message) == ("failed", "ZeroDivisionError")
    assert DataExport.objects.waiting().count() == 0


def test_events_are_whole_rows(tmp_path):
    contact = ContactFactory()
    event = EventFactory(contact=contact)
    (row,) = lines(written(contact_subject(contact), tmp_path)["data/journeys.event.ndjson"])
    assert row["event_name"] == event.event_name
    assert row["properties"] == Event.objects.get(pk=event.pk).properties
