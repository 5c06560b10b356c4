"""Erasing people: everything of theirs goes, and nothing of anybody else's."""

import json

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import (
    AuditEntry,
    DataExport,
    ErasureRequest,
    Membership,
    Suppression,
    User,
)
from accounts.privacy import archives, erasure, receipts, suppression
from accounts.privacy.rules import plan
from accounts.privacy.subjects import Subject, user_subject
from builder.models import Project
from journeys.models import Contact, Event, Lead, WorkflowExecution
from journeys.privacy import contact_subject
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory
from tests.journeys.factories import ContactFactory, EventFactory, IdentityFactory, LeadFactory

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
    workspace = WorkspaceFactory()
    MembershipFactory(workspace=workspace, role="owner")
    user = MembershipFactory(workspace=workspace, role="owner").user
    made = Scene(workspace=workspace, user=user)
    made.everything()
    return made


def erase(subject: Subject) -> ErasureRequest:
    job, _token = erasure.request(subject=subject)
    return erasure.run(job.pk)


def left(subject: Subject) -> dict[str, int]:
    """Rows that are still about the person, by rule; those that stay by design are not."""
    return {
        rule.key: count
        for rule in plan(subject.kind)
        if (count := rule.rows(subject).count())
        and not (rule.link_field is None and rule.personal.erasure.value == "redact")
    }


def everywhere(needle: str) -> list[str]:
    """Tables (not partitions) of which a row holds the text anywhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and not relispartition"
            " and relnamespace = 'public'::regnamespace"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f'select 1 from "{table}" t where t::text ilike %s limit 1',  # noqa: S608
                (f"%{needle}%",),
            )
            if cursor.fetchone():
                found.append(table)
    return found


def test_nothing_in_any_table_names_an_erased_user(scene):
    User.objects.filter(pk=scene.user.pk).update(
        email="hind@example.com", first_name="Hindalqahtani"
    )
    scene.user.refresh_from_db()
    scene.user.emailaddress_set.create(email="Hind.second@example.com")
    subject = user_subject(scene.user)
    assert len(subject.addresses) == 2

    job = erase(subject)

    assert job.status == "completed"
    assert left(subject) == {}
    assert everywhere("hind@example.com") == []
    assert everywhere("hind.second@example.com") == []
    assert everywhere("hindalqahtani") == []
    assert everywhere(str(subject.id)) == []


def test_nothing_in_any_table_names_an_erased_contact(scene):
    contact = scene.one(Contact)
    Contact.objects.filter(pk=contact.pk).update(
        email="layan@example.com", traits={"name": "Layanhaddad"}
    )
    contact.refresh_from_db()
    IdentityFactory(contact=contact, kind="email", value="layan.old@example.com")
    Lead.objects.filter(contact=contact).update(name="Layanhaddad", email="layan@example.com")
    subject = contact_subject(contact)

    job = erase(subject)

    assert job.status == "completed"
    assert left(subject) == {}
    for needle in ("layan@example.com", "layan.old@example.com", "layanhaddad", str(contact.pk)):
        assert everywhere(needle) == [], needle


def test_what_is_the_workspaces_stays(scene):
    project = scene.one(Project)
    erase(user_subject(scene.user))
    project.refresh_from_db()
    assert project.owner is None
    assert Membership.objects.filter(workspace=scene.workspace).count() == 1


def test_another_workspaces_contact_of_the_same_address_is_left_alone():
    mine = ContactFactory(email="same@example.com")
    theirs = ContactFactory(email="same@example.com")
    LeadFactory(contact=None, workspace=theirs.workspace, email="same@example.com")
    EventFactory(contact=theirs, properties={"email": "same@example.com"})
    erase(contact_subject(mine))
    assert not Contact.objects.filter(pk=mine.pk).exists()
    assert Lead.objects.filter(workspace=theirs.workspace).count() == 1
    assert Event.objects.get(workspace=theirs.workspace).properties == {"email": "same@example.com"}


def test_another_visitors_event_keeps_all_but_the_address():
    contact = ContactFactory(email="anna@example.com")
    other = ContactFactory(workspace=contact.workspace, email="joanna@example.com")
    event = EventFactory(
        contact=other,
        properties={
            "plan": "pro",
            "note": "Please also write to ANNA@example.com, not joanna@example.com.",
            "invited": [{"name": "Anna", "email": "Anna@example.com", "seats": 2}],
        },
    )
    erase(contact_subject(contact))
    event.refresh_from_db()
    assert event.properties == {
        "plan": "pro",
        "note": "Please also write to [erased], not joanna@example.com.",
        "invited": [{"name": "[erased]", "email": "[erased]", "seats": "[erased]"}],
    }
    other.refresh_from_db()
    assert other.email == "joanna@example.com"


def test_a_form_in_an_execution_without_a_contact_is_emptied(scene):
    execution = scene.one(WorkflowExecution)
    WorkflowExecution.objects.filter(pk=execution.pk).update(
        contact=None,
        trigger_data={"fields": {"name": "Layan", "email": "layan@example.com"}, "page": "home"},
        log=[{"step": "send_mail", "to": "layan@example.com", "status": "sent"}],
    )
    contact = ContactFactory(workspace=scene.workspace, email="layan@example.com")
    erase(contact_subject(contact))
    execution.refresh_from_db()
    assert execution.trigger_data == {
        "fields": {"name": "[erased]", "email": "[erased]"},
        "page": "home",
    }
    assert "layan" not in json.dumps(execution.log).lower()


def test_the_receipt_counts_what_was_done_and_is_signed():
    contact = ContactFactory(email="x@example.com")
    for _ in range(3):
        EventFactory(contact=contact)
    subject = contact_subject(contact)
    job = erase(subject)
    receipt = job.receipt
    assert {"model": "journeys.Event", "erasure": "delete", "rows": 3} in receipt["tables"]
    assert {"model": "journeys.Contact", "erasure": "delete", "rows": 1} in receipt["tables"]
    assert receipt["subject"] == {"kind": "contact", "digest": subject.digest}
    assert receipts.verify_receipt(json.loads(json.dumps(receipt)))
    assert "x@example.com" not in json.dumps(receipt)
    assert str(contact.pk) not in json.dumps(receipt)
    assert job.target is None


def test_a_receipt_that_was_changed_is_refused(settings):
    job = erase(contact_subject(ContactFactory()))
    assert not receipts.verify_receipt({**job.receipt, "tables": []})
    assert not receipts.verify_receipt({**job.receipt, "signature": "AAAA"})
    assert not receipts.verify_receipt({})
    key = receipts.public_key()
    settings.PRIVACY_KEY = "another installation's key, long enough"
    assert not receipts.verify_receipt(job.receipt)
    assert receipts.verify_receipt(job.receipt, key=key)


def test_a_sole_owner_hands_over_first():
    owner = MembershipFactory(role="owner")
    MembershipFactory(workspace=owner.workspace, role="admin")
    with pytest.raises(erasure.SoleOwnerError) as refused:
        erasure.request(subject=user_subject(owner.user))
    assert owner.workspace.slug in str(refused.value)
    assert ErasureRequest.objects.count() == 0
    MembershipFactory(workspace=owner.workspace, role="owner")
    assert erase(user_subject(owner.user)).status == "completed"


def test_two_owners_cannot_both_leave():
    first = MembershipFactory(role="owner")
    second = MembershipFactory(workspace=first.workspace, role="owner")
    erasure.request(subject=user_subject(first.user))
    with pytest.raises(erasure.SoleOwnerError):
        erasure.request(subject=user_subject(second.user))


def test_one_who_became_the_sole_owner_since_is_not_erased():
    owner = MembershipFactory(role="owner")
    other = MembershipFactory(workspace=owner.workspace, role="owner")
    job, _ = erasure.request(subject=user_subject(owner.user))
    other.delete()
    with pytest.raises(erasure.SoleOwnerError):
        erasure.run(job.pk)
    job.refresh_from_db()
    owner.user.refresh_from_db()
    assert job.status == "failed"
    assert owner.user.is_active
    MembershipFactory(workspace=owner.workspace, role="owner")
    assert erasure.run(job.pk).status == "completed"


def test_asking_twice_is_one_request():
    subject = contact_subject(ContactFactory())
    first, token = erasure.request(subject=subject)
    second, again = erasure.request(subject=subject)
    assert first == second
    assert token
    assert again == ""


def test_names_are_not_recorded_again():
    contact = ContactFactory(email="mona@example.com")
    IdentityFactory(contact=contact, kind="anonymous_id", value="anon-1")
    other = WorkspaceFactory()
    erase(contact_subject(contact))
    names = [("email", "Mona@example.com"), ("anonymous_id", "anon-1"), ("user_id", "7")]
    here = suppression.suppressed(workspace_id=contact.workspace_id, names=names)
    assert here == {("email", "Mona@example.com"), ("anonymous_id", "anon-1")}
    assert suppression.suppressed(workspace_id=other.pk, names=names) == frozenset()
    assert not Suppression.objects.filter(digest__contains="mona").exists()


def test_archives_on_disk_go_too():
    contact = ContactFactory()
    export = archives.request(subject=contact_subject(contact), requested_by=None)
    archives.make(export.pk, now=timezone.now())
    export.refresh_from_db()
    assert archives.storage().exists(export.file)
    erase(contact_subject(contact))
    assert not archives.storage().exists(export.file)
    assert not DataExport.objects.exists()


def test_another_persons_archive_stays():
    export = DataExport.objects.create(
        subject_kind="user", subject_id=UserFactory().pk, status="ready", file="other.zip"
    )
    archives.storage().save(export.file, ContentFile(b"x"))
    erase(contact_subject(ContactFactory()))
    assert archives.storage().exists("other.zip")


def test_the_audit_trail_keeps_the_deed_and_forgets_the_doer(scene):
    entries = AuditEntry.objects.filter(user=scene.user).count()
    assert entries
    total = AuditEntry.objects.count()
    erase(user_subject(scene.user))
    assert AuditEntry.objects.filter(user=scene.user).count() == 0
    assert AuditEntry.objects.count() >= total


def test_sessions_end_at_once(client):
    membership = MembershipFactory(role="editor")
    client.force_login(membership.user)
    key = client.session.session_key
    membership.user.usersession_set.create(session_key=key, ip="127.0.0.1", user_agent="test")
    erase(user_subject(membership.user))
    from django.contrib.sessions.models import Session

    assert not Session.objects.filter(session_key=key).exists()


def test_dry_run_changes_nothing(scene):
    subject = user_subject(scene.user)
    rows = erasure.preview(subject)
    assert ("accounts.User", "delete", 1) in rows
    assert User.objects.filter(pk=scene.user.pk).exists()
    assert ErasureRequest.objects.unfinished().filter(subject_digest=subject.digest).count() == 0


def test_an_erasure_that_was_asked_for_is_carried_out_by_the_clock():
    subject = contact_subject(ContactFactory())
    erasure.request(subject=subject)
    assert erasure.run_due() == 1
    assert erasure.run_due() == 0
    assert not Contact.objects.filter(pk=subject.id).exists()


def test_a_table_that_is_not_history_is_refused():
    with connection.cursor() as cursor, pytest.raises(Exception, match="keeps no history"):
        cursor.execute("select accounts_redact_history('accounts_user', 'id', '{}', null)")


def test_nobody_of_the_web_may_change_history():
    with connection.cursor() as cursor:
        cursor.execute(
            """select r from unnest(array['halfhour_web', 'halfhour_tenant', 'public']) r
            where has_function_privilege(r,
                'accounts_redact_history(text, text, text[], jsonb)', 'execute')"""
        )
        assert cursor.fetchall() == []


def test_models_have_the_field_that_a_deletion_needs():
    assert isinstance(ErasureRequest._meta.get_field("target"), models.JSONField)


HISTORY = """
create table accounts_examplehistory (
    pgh_id bigint generated always as identity primary key, pgh_obj_id uuid, pgh_label text,
    email text not null, tags jsonb, owner_id uuid
);
create function keep_example() returns trigger language plpgsql as $$ begin
    if current_setting('app.redaction', true) = 'on' then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    raise restrict_violation using message = 'history is only ever added to';
end $$;
create trigger keep before update or delete on accounts_examplehistory
    for each row execute function keep_example();
insert into accounts_examplehistory (pgh_obj_id, pgh_label, email, tags, owner_id) values
    ('01990000-0000-7000-8000-000000000001', 'insert', 'a@example.com', '["x"]',
     '01990000-0000-7000-8000-00000000000a'),
    ('01990000-0000-7000-8000-000000000002', 'insert', 'b@example.com', '["y"]', null);
"""


def test_history_is_changed_by_its_one_function_and_by_nothing_else():
    one, two = (f"01990000-0000-7000-8000-00000000000{n}" for n in "12")
    with connection.cursor() as cursor:
        cursor.execute(HISTORY)

        def redact(key, keys, changes):
            cursor.execute(
                "select accounts_redact_history('accounts_examplehistory', %s, %s, %s)",
                (key, keys, changes),
            )
            return cursor.fetchone()[0]

        changes = '{"email": "", "tags": [], "owner_id": null, "pgh_label": "x", "unknown": 1}'
        assert redact("pgh_obj_id", [one], changes) == 1
        cursor.execute(
            "select pgh_label, email, tags, owner_id from accounts_examplehistory order by pgh_id"
        )
        assert cursor.fetchall() == [
            ("insert", "", "[]", None),
            ("insert", "b@example.com", '["y"]', None),
        ]
        assert redact("pgh_obj_id", [two], None) == 1
        with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
            cursor.execute("delete from accounts_examplehistory")
        cursor.execute("select count(*) from accounts_examplehistory")
        assert cursor.fetchone() == (1,)
