"""Every console page, as a superuser and as a plain member of staff."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from config.console import UNFOLD
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

OURS = {
    "accounts", "builder", "journeys", "personalization", "experiments", "conversations",
    "analytics",
}  # fmt: skip
NAVIGATION = UNFOLD["SIDEBAR"]["navigation"]
PAGES = sorted(
    model._meta.label_lower for model in admin.site._registry if model._meta.app_label in OURS
)


def page_of(label):
    return next(
        page for model, page in admin.site._registry.items() if model._meta.label_lower == label
    )


@pytest.fixture
def superuser(db):
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.com", "x"))
    return client


@pytest.fixture
def staff(workspace):
    member = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    client = Client()
    client.force_login(member.user)
    return client


def url(label, name):
    return reverse(f"admin:{label.replace('.', '_')}_{name}")


@pytest.mark.parametrize("label", PAGES)
def test_lists_open_search_and_filter_for_superusers(superuser, label):
    assert superuser.get(url(label, "changelist")).status_code == 200
    if page_of(label).search_fields:
        assert superuser.get(url(label, "changelist"), {"q": "x%' or"}).status_code == 200


@pytest.mark.parametrize("label", PAGES)
def test_lists_open_for_staff_where_the_records_have_a_workspace(staff, label):
    page = page_of(label)
    expected = 403 if page.without_workspace else 200
    assert staff.get(url(label, "changelist")).status_code == expected


@pytest.mark.parametrize("label", PAGES)
def test_forms_to_add_open_where_one_may_add(superuser, staff, label):
    for client in (superuser, staff):
        answer = client.get(url(label, "add"))
        assert answer.status_code in (200, 403), answer.content[:500]


@pytest.mark.parametrize("label", PAGES)
def test_pages_of_one_record_open_without_one(superuser, label):
    """An id that is not there leads back to the front with a message, never to an error."""
    gone = reverse(
        f"admin:{label.replace('.', '_')}_change",
        args=["0199a000-0000-7000-8000-000000000000"],
    )
    assert superuser.get(gone).status_code == 302


def test_every_page_is_in_the_sidebar_once_with_an_icon():
    items = [item for group in NAVIGATION for item in group["items"]]
    links = sorted(str(item["link"]) for item in items)
    assert links == sorted([reverse("admin:index"), *(url(label, "changelist") for label in PAGES)])
    assert all(item["icon"] for item in items)


@pytest.mark.parametrize("role", ["viewer", "superuser"])
def test_the_sidebar_leads_nowhere_that_is_closed(workspace, role):
    if role == "superuser":
        person = User.objects.create_superuser("root@example.com", "x")
    else:
        person = MembershipFactory(
            workspace=workspace, role=role, user=UserFactory(is_staff=True)
        ).user
    client = Client()
    client.force_login(person)
    shown = client.get("/console/").content.decode()
    closed = url("accounts.user", "changelist")
    assert (closed in shown) == (role == "superuser")
    assert url("journeys.lead", "changelist") in shown


def test_no_badge_of_the_sidebar_counts_rows():
    assert not [item for group in NAVIGATION for item in group["items"] if "badge" in item]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_page_opens_in_both_languages(staff, superuser, language):
    for client in (staff, superuser):
        page = client.get("/console/", headers={"accept-language": language})
        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()


def test_the_first_page_says_what_to_do_when_nothing_has_happened(staff):
    assert "No visitor has come by yet" in staff.get("/console/").content.decode()
