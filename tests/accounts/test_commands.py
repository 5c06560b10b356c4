"""The commands with which an operator makes people, workspaces, keys and months."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.keys import issue_key
from accounts.models import ApiKey, Membership, User, Workspace
from accounts.tenancy import partitioning
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_workspace_and_an_owner_who_had_no_account():
    told, _ = run("create_workspace", "Dar Al Qahwa", "--owner", "Layan@Example.com")
    membership = Membership.objects.get(workspace__slug="dar-al-qahwa")
    assert (membership.user.email, membership.role) == ("layan@example.com", "owner")
    workspace = membership.workspace
    assert (workspace.timezone, workspace.country, workspace.currency) == (
        "Asia/Riyadh",
        "SA",
        "SAR",
    )
    password = re.search(r"with (\S+) \(shown this once\)", told)[1]
    assert membership.user.check_password(password)


def test_an_owner_who_has_an_account_keeps_the_password():
    user = UserFactory(email="layan@example.com")
    told, _ = run("create_workspace", "دار القهوة", "--owner", user.email, "--slug", "dar")
    assert Workspace.objects.get(slug="dar").name == "دار القهوة"
    assert "shown this once" not in told


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["X", "--owner", "nobody"], "no e-mail address"),
        (["X", "--owner", "a@example.com", "--timezone", "Mars"], "timezone: Mars is no time zone"),
        (["X", "--owner", "a@example.com", "--slug", "taken"], "the slug taken already"),
        (["X", "--owner", "a@example.com", "--slug", "not good"], "slug:"),
    ],
)
def test_a_workspace_that_cannot_be_leaves_nothing(arguments, fault):
    WorkspaceFactory(slug="taken")
    with pytest.raises(CommandError, match=fault):
        run("create_workspace", *arguments)
    assert Workspace.objects.count() == 1
    assert not User.objects.exists()


def test_staff_of_one_workspace_and_of_all():
    workspace = WorkspaceFactory(slug="dar")
    told, _ = run("create_staff", "a@example.com", "--workspace", "dar", "--role", "analyst")
    user = User.objects.get(email="a@example.com")
    assert user.is_staff
    assert not user.is_superuser
    assert Membership.objects.get(workspace=workspace, user=user).role == "analyst"
    assert "shown this once" in told
    told, _ = run("create_staff", "a@example.com", "--superuser")
    user.refresh_from_db()
    assert user.is_superuser
    assert "shown this once" not in told


def test_staff_of_nothing_or_of_what_is_not_there():
    with pytest.raises(CommandError, match="Say which workspace"):
        run("create_staff", "a@example.com")
    WorkspaceFactory(slug="dar")
    with pytest.raises(CommandError, match="no workspace darr; there are: dar"):
        run("create_staff", "a@example.com", "--workspace", "darr")
    with pytest.raises(CommandError, match="no e-mail address"):
        run("create_staff", "nobody", "--superuser")


def test_only_the_secret_of_a_key_goes_to_standard_output():
    WorkspaceFactory(slug="dar")
    secret, told = run("issue_key", "dar", "server", "--name", "reports")
    key = ApiKey.objects.get()
    assert secret.strip().startswith(key.prefix)
    assert secret.strip() not in told


def test_a_personal_key_is_a_members():
    member = MembershipFactory(workspace__slug="dar")
    run("issue_key", "dar", "personal", "--name", "x", "--user", member.user.email)
    assert ApiKey.objects.get().user == member.user
    for arguments in (
        ["personal", "--name", "x"],
        ["server", "--name", "x", "--user", member.user.email],
    ):
        with pytest.raises(CommandError, match="personal key is somebody's"):
            run("issue_key", "dar", *arguments)
    with pytest.raises(CommandError, match="no member of dar"):
        run("issue_key", "dar", "personal", "--name", "x", "--user", "stranger@example.com")


def test_a_key_is_closed_by_its_prefix_or_by_the_whole_of_it():
    key, secret = issue_key(workspace=WorkspaceFactory(), kind="server", name="x")
    told, _ = run("revoke_key", key.prefix, "--dry-run")
    assert told.startswith("Would close")
    key.refresh_from_db()
    assert key.revoked_at is None
    run("revoke_key", secret)
    key.refresh_from_db()
    assert key.revoked_at is not None
    told, _ = run("revoke_key", key.prefix)
    assert "is closed since" in told
    with pytest.raises(CommandError, match="no key hh_server_00000000"):
        run("revoke_key", "hh_server_00000000")


def test_months_are_listed_made_and_dropped():
    told, _ = run("partitions", "list")
    this_month = f"{timezone.now():%Y-%m}"
    assert "journeys_event" in told
    assert this_month in told
    told, _ = run("partitions", "make", "--ahead", "5")
    assert told.count("journeys_event_y") == 2
    assert run("partitions", "make", "--ahead", "5")[0].startswith("Every month was there")
    old = f"{timezone.now() + dt.timedelta(days=31):%Y-%m}"
    told, _ = run("partitions", "drop", "journeys_event", "--before", old, "--dry-run")
    assert "would be dropped" in told
    before = [each.name for each in partitioning.partitions()]
    run("partitions", "drop", "journeys_event", "--before", this_month)
    after = [each.name for each in partitioning.partitions()]
    gone = set(before) - set(after)
    assert gone
    assert all(name.startswith("journeys_event_y") for name in gone)
    with pytest.raises(CommandError, match="not kept by month"):
        run("partitions", "drop", "accounts_user", "--before", "2026-01")
    with pytest.raises(CommandError, match="2026-01, not yesterday"):
        run("partitions", "drop", "journeys_event", "--before", "yesterday")


def test_a_months_rows_in_the_default_partition_move_when_it_is_made():
    from tests.journeys.factories import EventFactory

    EventFactory(timestamp=dt.datetime(2019, 3, 5, tzinfo=dt.UTC))
    with connection.cursor() as cursor:
        cursor.execute("select make_month_partition('journeys_event', '2019-03-01')")
        cursor.execute("select count(*) from journeys_event_y2019m03")
        assert cursor.fetchone() == (1,)
        cursor.execute("select make_month_partition('journeys_event', '2019-03-31')")
        assert cursor.fetchone() == (False,)
