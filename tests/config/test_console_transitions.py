"""Changes of status in the console: asked first, made one by one, told afterwards."""

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from accounts.admin.transitions import StatusActions
from accounts.models import StatusMixin
from journeys.models import Workflow
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/console/journeys/workflow/"


def staff(workspace, role="editor"):
    member = MembershipFactory(workspace=workspace, role=role, user=UserFactory(is_staff=True))
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def workflows(workspace):
    """A draft, an active and an archived workflow."""
    return [
        Workflow.objects.create(workspace=workspace, name=f"Flow <{status}>", status=status)
        for status in ("draft", "active", "archived")
    ]


def chosen(workflows, **more):
    keys = [str(workflow.pk) for workflow in workflows]
    return {"action": "become_paused", ACTION_CHECKBOX_NAME: keys, **more}


def statuses(workflows):
    return [Workflow.objects.get(pk=workflow.pk).status for workflow in workflows]


def test_the_page_says_which_records_go_there_and_why_others_do_not(workspace, workflows):
    page = staff(workspace).post(LIST, chosen(workflows)).content.decode()
    assert "1 record will be changed" in page
    assert "2 stay as they are" in page
    assert "What is “draft” cannot become “paused”." in page
    assert "Flow &lt;draft&gt;" in page
    assert statuses(workflows) == ["draft", "active", "archived"]


def test_on_the_answer_each_is_changed_and_the_rest_is_told(workspace, workflows):
    client = staff(workspace)
    page = client.post(LIST, chosen(workflows, post="yes"), follow=True).content.decode()
    assert "1 record changed." in page
    assert "2 stayed as they were:" in page
    assert statuses(workflows) == ["draft", "paused", "archived"]


def test_a_record_that_moved_meanwhile_stays(workspace, workflows):
    """What is decided is decided under the lock, not on the page that was shown."""
    client = staff(workspace)
    Workflow.objects.filter(pk=workflows[1].pk).update(status="archived")
    page = client.post(LIST, chosen(workflows[1:2], post="yes"), follow=True).content.decode()
    assert "1 stayed as it was:" in page
    assert statuses(workflows[1:2]) == ["archived"]


def test_a_record_has_its_moves_on_its_own_page(workspace, workflows):
    client = staff(workspace)
    page = client.get(f"{LIST}{workflows[1].pk}/change/").content.decode()
    address = reverse("admin:journeys_workflow_become", args=[workflows[1].pk, "paused"])
    assert address in page
    assert reverse("admin:journeys_workflow_become", args=[workflows[1].pk, "active"]) not in page
    assert "1 record will be changed" in client.get(address).content.decode()
    answer = client.post(address, {"post": "yes"})
    assert answer.headers["Location"] == f"{LIST}{workflows[1].pk}/change/"
    assert statuses(workflows[1:2]) == ["paused"]


def test_those_who_may_not_move_are_offered_nothing_and_refused(workspace, workflows):
    client = staff(workspace, role="viewer")
    assert "become_paused" not in client.get(LIST).content.decode()
    client.post(LIST, chosen(workflows, post="yes"))
    address = reverse("admin:journeys_workflow_become", args=[workflows[1].pk, "paused"])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert statuses(workflows) == ["draft", "active", "archived"]


def test_a_strangers_record_is_neither_named_nor_moved(workspace, workflows):
    from tests.factories import WorkspaceFactory

    client = staff(WorkspaceFactory())
    assert (
        "Flow" not in client.post(LIST, chosen(workflows, post="yes"), follow=True).content.decode()
    )
    address = reverse("admin:journeys_workflow_become", args=[workflows[1].pk, "paused"])
    assert client.post(address, {"post": "yes"}).status_code == 404
    assert statuses(workflows) == ["draft", "active", "archived"]


def test_the_actions_speak_arabic(workspace, workflows):
    client = staff(workspace)
    page = client.post(LIST, chosen(workflows), headers={"accept-language": "ar"}).content.decode()
    assert "سيتغير سجل واحد" in page
    assert "سيبقى سجلان على حالهما" in page


@pytest.mark.parametrize(
    "page",
    [page for page in admin.site._registry.values() if isinstance(page, StatusActions)],
    ids=lambda page: page.model._meta.label,
)
def test_moves_lead_where_the_model_leads(page):
    assert issubclass(page.model, StatusMixin)
    reachable = {str(s) for after in page.model.TRANSITIONS.values() for s in after}
    assert set(page.reachable()) <= reachable
