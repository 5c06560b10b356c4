"""History: kept by the database whatever changed a record, by whom, and never changed itself."""

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction

from accounts.history import changes, history_of
from accounts.models import ApiKey
from accounts.tenancy import owner, tenant
from builder import projects
from builder.models import Project
from journeys.models import Lead, Workflow
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

CONFIGURED = {
    "accounts.ApiKey", "accounts.Credential", "accounts.CulturalContext", "accounts.Membership",
    "accounts.UserProfile", "accounts.Workspace", "builder.Project", "builder.Template",
    "conversations.KnowledgeDocument", "experiments.ABTest", "experiments.TestVariation",
    "journeys.ComponentWorkflowConnection", "journeys.Lead", "journeys.Workflow",
    "personalization.AdCampaign", "personalization.Campaign",
    "personalization.CampaignPersonalizationSettings", "personalization.ContentTemplate",
}  # fmt: skip
SECRET_COLUMNS = {"password", "hashed_key", "public_token", "secret", "signing_secret"}
HISTORIES = {label: history_of(apps.get_model(label)) for label in sorted(CONFIGURED)}


@pytest.fixture
def person(db):
    return MembershipFactory(role="editor")


def rows(model, record):
    return list(history_of(model).objects.filter(pgh_obj_id=record.pk).order_by("pgh_id"))


def acting(person):
    return tenant(workspace_id=person.workspace_id, user_id=person.user_id, role=person.role)


def lead_of(person, **fields):
    return Lead.objects.create(workspace=person.workspace, name="Layan", **fields)


def test_what_people_configure_is_tracked():
    models = [model for model in apps.get_models() if not model._meta.proxy]
    tracked = {model._meta.label for model in models if history_of(model) is not None}
    assert tracked == CONFIGURED


@pytest.mark.parametrize("label", HISTORIES)
def test_no_secret_is_kept(label):
    assert not {field.column for field in HISTORIES[label]._meta.fields} & SECRET_COLUMNS


@pytest.mark.parametrize("label", HISTORIES)
def test_the_workspace_is_kept_where_the_record_has_one(label):
    def has(model):
        return any(field.name == "workspace" for field in model._meta.fields)

    assert has(HISTORIES[label]) == has(apps.get_model(label))


@pytest.mark.parametrize("label", HISTORIES)
def test_the_triggers_run_as_the_owner_with_a_pinned_path_and_the_tenant_only_reads(label):
    table = HISTORIES[label]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            """select p.prosecdef, p.proconfig from pg_trigger t join pg_proc p on p.oid = t.tgfoid
            where t.tgname like 'pgtrigger_history%%' and t.tgrelid = %s::regclass""",
            [apps.get_model(label)._meta.db_table],
        )
        functions = cursor.fetchall()
        cursor.execute(
            """select has_table_privilege('halfhour_tenant', %s, 'select'),
            has_table_privilege('halfhour_tenant', %s, 'insert, update, delete, truncate'),
            has_table_privilege('halfhour_web', %s, 'select'), relrowsecurity
            from pg_class where oid = %s::regclass""",
            [table] * 4,
        )
        rights = cursor.fetchone()
    assert len(functions) == 3
    assert {(definer, *config) for definer, config in functions} == {
        (True, "search_path=public, pg_temp")
    }
    assert rights == (True, False, False, True)


def test_inserts_updates_and_deletes_are_kept_with_who_did_them(person):
    with acting(person):
        lead = lead_of(person)
        lead.name = "Layan Haddad"
        lead.save()
        key = lead.pk
        lead.delete()
    lead.pk = key
    kept = rows(Lead, lead)
    assert [row.pgh_label for row in kept] == ["insert", "update", "delete"]
    assert {row.acted_by_id for row in kept} == {person.user_id}
    assert {row.workspace_id for row in kept} == {person.workspace_id}
    assert [row.name for row in kept] == ["Layan", "Layan Haddad", "Layan Haddad"]


def test_bulk_updates_and_plain_sql_are_kept_too(person):
    with acting(person):
        leads = Lead.objects.bulk_create(
            [Lead(workspace=person.workspace, name=str(number)) for number in range(3)]
        )
        Lead.objects.update(source="import")
        with connection.cursor() as cursor:
            cursor.execute("update journeys_lead set score = 0.7")
    for lead in leads:
        assert [row.pgh_label for row in rows(Lead, lead)] == ["insert", "update", "update"]
        assert rows(Lead, lead)[-1].acted_by_id == person.user_id


def test_jobs_act_for_nobody_and_a_superuser_is_named(person):
    lead = lead_of(person)
    with owner(reason="test", user_id=person.user_id):
        Lead.objects.filter(pk=lead.pk).update(name="Noura")
    assert [row.acted_by_id for row in rows(Lead, lead)] == [None, person.user_id]


def test_counters_and_saves_without_a_change_leave_no_row(person):
    key = ApiKey.objects.create(
        workspace=person.workspace, name="site", kind="server", prefix="p", hashed_key="h"
    )
    key.save()
    ApiKey.objects.update(last_used_at="2026-11-21T12:00:00Z")
    assert [row.pgh_label for row in rows(ApiKey, key)] == ["insert"]


def test_a_rollback_takes_its_history_with_it(person):
    lead = lead_of(person)
    with transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(name="Noura")
        transaction.set_rollback(True)
    assert len(rows(Lead, lead)) == 1


def test_history_is_seen_as_its_record_is(person):
    stranger = MembershipFactory(role="owner")
    lead_of(person)
    history = history_of(Lead)
    with acting(person):
        assert history.objects.count() == 1
    with acting(stranger):
        assert history.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update journeys_leadhistory set name = 'x'",
        "delete from journeys_leadhistory",
        "insert into journeys_leadhistory (id, pgh_obj_id) values (uuidv7(), uuidv7())",
        "truncate journeys_leadhistory",
        "select accounts_redact_history('journeys_leadhistory', 'pgh_obj_id', '{}', null)",
    ],
)
def test_a_tenant_can_neither_change_nor_forge_it(person, statement):
    lead_of(person)
    with pytest.raises(ProgrammingError), acting(person), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("setting", ["pgtrigger.ignore", "app.redaction"])
def test_no_setting_of_a_tenants_lets_a_change_pass_unseen(person, setting):
    lead = lead_of(person)
    with acting(person), connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [setting, "{history_update}"])
        cursor.execute("update journeys_lead set name = 'Noura'")
    assert [row.pgh_label for row in rows(Lead, lead)] == ["insert", "update"]


@pytest.mark.parametrize("statement", ["update {} set name = 'x'", "delete from {}"])
def test_not_even_the_owner_changes_it(person, statement):
    lead_of(person)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("journeys_leadhistory"))


def test_erasure_redacts_it_and_forgets_who(person):
    from accounts.privacy.batches import redact_history

    with acting(person):
        lead = lead_of(person)
    table = history_of(Lead)
    assert redact_history(table, key="pgh_obj_id", keys=[lead.pk], changes={"name": ""}) == 1
    changed = redact_history(
        table, key="acted_by_id", keys=[person.user_id], changes={"acted_by_id": None}
    )
    assert changed == 1
    (row,) = rows(Lead, lead)
    assert (row.name, row.acted_by_id) == ("", None)
    assert redact_history(table, key="pgh_obj_id", keys=[lead.pk], changes=None) == 1
    assert rows(Lead, lead) == []


def test_changes_name_the_fields_with_before_and_after(person):
    scene = Scene(workspace=person.workspace, user=person.user)
    workflow = scene.one(Workflow)
    Workflow.objects.filter(pk=workflow.pk).update(name="Other")
    *_rest, before, last = rows(Workflow, workflow)
    assert [(c.field.name, c.before, c.after) for c in changes(last, before)] == [
        ("name", workflow.name, "Other")
    ]
    first = rows(Workflow, workflow)[0]
    assert ("status", None) in {(c.field.name, c.before) for c in changes(first, None)}


def test_a_project_that_is_removed_leaves_its_history(person):
    scene = Scene(workspace=person.workspace, user=person.user)
    project = scene.one(Project)
    key = project.pk
    projects.remove(project=project)
    project.pk = key
    assert rows(Project, project)[-1].pgh_label == "delete"
