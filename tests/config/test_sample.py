"""The sample: what a workspace holds after a quarter's work, the same for the same seed."""

import io
import uuid

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.db.models import DateField, DateTimeField, F, UUIDField
from rest_framework.test import APIClient

from accounts import checking
from accounts.keys import issue_key
from accounts.models import User, Workspace
from builder.models import Project, ReleaseSchedule
from experiments.models import ABTest
from journeys.models import Event, Lead, MailMessage, WorkflowExecution
from personalization.models import AdCampaign, Campaign, Content, PersonalizedContent
from tests.config.api_roles import ROUTES
from tests.config.console_walk import OURS, address
from tests.own_database import rows_for_many

pytestmark = pytest.mark.django_db

# What no sample invents: secrets, requests that nobody made, the platform's trained models.
NOT_INVENTED = {
    "accounts.Credential", "accounts.DataExport", "accounts.ErasureRequest",
    "accounts.Suppression", "builder.AnalysisModel", "builder.VersionHistory",
}  # fmt: skip
# Routes of the same, and of what is a person's session, or the platform staff's.
NOT_LISTED = {"credentials", "analysis-models", "versions", "system-metrics", "sessions"}


def load(**options):
    out = io.StringIO()
    call_command("load_sample_data", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The sample, made once for the tests of this module; what the command said."""
    with rows_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            said = load()
        yield said


@pytest.fixture
def sample(told, db):
    return Workspace.objects.get(slug="sample-small")


@pytest.fixture
def owner(sample):
    return User.objects.get(email="owner@sample.halfhour.example")


def tables():
    """The models of the workspace's rows, those of their history aside."""
    return [
        page.model
        for page in admin.site._registry.values()
        if page.model._meta.app_label in OURS
        and "workspace" in {field.name for field in page.model._meta.concrete_fields}
    ]


def counts(workspace):
    return {
        model._meta.label: model._default_manager.filter(workspace=workspace).count()
        for model in tables()
    }


def test_every_kind_of_row_is_there_and_the_last_line_sums_up(told, sample):
    made = counts(sample)
    assert {label for label, rows in made.items() if not rows} <= {
        *NOT_INVENTED,
        "builder.Template",
    }
    *table, last, _end = told.split("\n")
    shown = [int(line.split("│")[2].strip().replace(",", "")) for line in table if "│" in line]
    assert last.startswith(f"sample-small: {sum(shown):,} rows of {len(shown)} kinds in ")


def test_no_check_finds_a_fault(sample):
    found = {check.name: findings for check, findings in checking.run() if findings}
    assert not found


def test_every_list_of_the_console_shows_some_of_it(sample, owner, client):
    client.force_login(owner)
    shown, empty = set(), set()
    for page in admin.site._registry.values():
        answer = client.get(address(page, "changelist"), follow=True)
        if page.model._meta.app_label in OURS and answer.status_code != 403:
            rows = answer.context["cl"].result_list
            (shown if rows else empty).add(page.model._meta.label)
    assert empty <= NOT_INVENTED
    assert len(shown) > 50, "of the last 24 hours, where a list opens with those"


def test_every_list_of_the_api_shows_some_of_it(sample, owner, settings):
    settings.REQUESTS_PER_MINUTE = 1_000_000
    _key, secret = issue_key(workspace=sample, kind="personal", name="tests", user=owner)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    empty = []
    for prefix in set(ROUTES) - NOT_LISTED:
        answer = client.get(f"/api/v1/{prefix}/")
        body = answer.json()
        rows = body.get("results") if isinstance(body, dict) else body
        if answer.status_code != 200 or not (rows or prefix in {"workspace", "quotas"}):
            empty.append((prefix, answer.status_code))
    assert not empty


def test_run_again_it_adds_nothing(sample):
    before = counts(sample)
    people = User.objects.count()
    said = load(seed=2)
    assert said == "sample-small is there already: nothing added. --reset makes it anew.\n"
    assert counts(sample) == before
    assert User.objects.count() == people


def content(workspace):
    """Every row without what differs from one moment or key to another."""
    told = {}
    for model in tables():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not isinstance(field, DateField | DateTimeField | UUIDField)
            and not (field.is_relation or field.generated or field.primary_key)
            and field.attname not in {"log", "text", "html", "body", "embedding", "pages"}
        ]
        rows = model._default_manager.filter(workspace=workspace).values_list(*names)
        told[model._meta.label] = sorted(map(_plain, rows))
    return told


def _plain(row):
    return repr([value for value in row if not _names_a_row(value)])


def _names_a_row(value):
    try:
        return bool(uuid.UUID(str(value)))
    except ValueError:
        return False


# The same words, counts and amounts; what is drawn anew at every making is not among them.
COMPARED = (
    "builder.Comment", "builder.QualityMeasurement", "personalization.Campaign",
    "personalization.AdCampaign", "personalization.Content", "personalization.PersonalizedContent",
    "personalization.BehaviorPattern", "experiments.TestVariation", "conversations.Conversation",
    "conversations.ConversationTurn", "analytics.PerformanceMetrics", "journeys.Contact",
)  # fmt: skip


def test_the_same_seed_is_the_same_sample_and_another_is_another(sample):
    first = content(sample)
    load(reset=True)
    again = content(Workspace.objects.get(slug="sample-small"))
    load(reset=True, seed=2)
    other = content(Workspace.objects.get(slug="sample-small"))
    for label in COMPARED:
        assert first[label] == again[label], label
    different = {label for label in COMPARED if first[label] != other[label]}
    assert different >= {"personalization.PersonalizedContent", "experiments.TestVariation"}


def test_figures_agree_with_each_other(sample):
    mine = {"workspace": sample}
    pieces = PersonalizedContent.objects.filter(**mine)
    assert not pieces.filter(clicks__gt=F("impressions")).exists()
    assert not pieces.filter(conversions__gt=F("clicks")).exists()
    rates = list(pieces.values_list("ctr", flat=True))
    assert 0.002 < min(rates) < max(rates) < 0.25
    for ad in AdCampaign.objects.filter(**mine).exclude(performance_metrics={}):
        told = ad.performance_metrics
        assert told["conversions"] <= told["clicks"] <= told["impressions"], ad.pk
        assert 0.003 < told["ctr"] < 0.06, told
    for test in ABTest.objects.filter(**mine).prefetch_related("variations"):
        variations = test.variations.all()
        assert sum(each.traffic_percentage for each in variations) == 100
        for each in variations:
            assert each.conversions <= each.clicks <= each.impressions, each.name
            assert each.visitors <= each.impressions
    assert set(ABTest.objects.filter(**mine).values_list("status", flat=True)) == {
        "draft", "active", "paused", "completed", "cancelled",
    }  # fmt: skip
    assert set(Campaign.objects.filter(**mine).values_list("status", flat=True)) == {
        "draft", "active", "paused", "completed", "stopped",
    }  # fmt: skip


def test_it_is_told_in_both_languages(sample):
    kinds = set(
        Content.objects.filter(workspace=sample).values_list("metadata__language", flat=True)
    )
    assert kinds == {"ar", "en"}


def test_it_is_spread_over_the_weeks(sample):
    weeks = (
        """select count(distinct date_trunc('week', created_at)) from {} where workspace_id = %s"""
    )
    for model in (WorkflowExecution, MailMessage, PersonalizedContent, Campaign):
        with connection.cursor() as cursor:
            cursor.execute(weeks.format(model._meta.db_table), [sample.pk])
            assert cursor.fetchone()[0] >= 5, model._meta.label


def test_nothing_of_it_waits_for_a_worker(sample):
    """A worker that runs beside must not send the sample's mails."""
    assert not WorkflowExecution.objects.unfinished().filter(workspace=sample).exists()
    assert not ReleaseSchedule.objects.filter(workspace=sample, status="pending").exists()
    waiting = MailMessage.objects.filter(workspace=sample).exclude(status__in=["sent", "failed"])
    assert not waiting.exists()


def test_a_dry_run_only_says_what_it_would_do(sample):
    sample.delete()
    said = load(dry_run=True)
    assert said.startswith("Would make sample-small: 400 contacts, 5,000 events, and a story in ")
    assert not Workspace.objects.filter(slug="sample-small").exists()


def test_visitors_see_pages_that_the_site_has(sample):
    project = Project.objects.get(workspace=sample, slug="suhail")
    there = {page["path"] for page in project.current_sitemap.pages.values()}
    seen = Event.objects.filter(workspace=sample).values_list("path", flat=True).distinct()
    assert set(seen) == there


def test_people_write_their_names_in_both_alphabets(sample):
    names = list(Lead.objects.filter(workspace=sample).values_list("name", flat=True))
    arabic = [name for name in names if any("\u0600" <= letter <= "\u06ff" for letter in name)]
    assert 0.1 < len(arabic) / len(names) < 0.9
