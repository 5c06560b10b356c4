"""Two who edit the same in the console: who is late is told so, loses nothing and may insist."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from builder import versioning
from builder.models import Project, Sitemap, StyleGuide, VersionHistory, Wireframe
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
KINDS = [Project, Sitemap, Wireframe, StyleGuide]
HIDDEN = re.compile(r'<input type="hidden" name="opened" value="([^"]*)"')
BOX = re.compile(r'name="over" value="([^"]*)"')


class Editor:
    """Somebody at the console, with the form that they have opened."""

    def __init__(self, workspace, record, role="editor", **names):
        self.person = MembershipFactory(
            workspace=workspace, role=role, user__is_staff=True,
            **{f"user__{name}": value for name, value in names.items()},
        ).user  # fmt: skip
        self.client = Client()
        self.client.force_login(self.person)
        self.record = record
        self.address = reverse(f"admin:builder_{record._meta.model_name}_change", args=[record.pk])

    def open(self):
        """The form as the browser would send it back."""
        response = self.client.get(self.address)
        form = response.context["adminform"].form
        self.form = {
            name: form[name].value() for name in form.fields if form[name].value() is not None
        }
        for formset in response.context["inline_admin_formsets"]:
            prefix = formset.formset.prefix
            self.form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
        return response.content.decode()

    def send(self, **typed):
        return self.client.post(self.address, {**self.form, **typed})


def name_of(record):
    return "name" if isinstance(record, Project) else "title"


def stored(record):
    return getattr(type(record).objects.get(pk=record.pk), name_of(record))


@pytest.fixture(params=KINDS)
def record(request, project):
    """As it was made: of version 1, or a project of 2, since it learnt of its sitemap."""
    return request.param.objects.earliest("id")


@pytest.fixture
def two(workspace, record):
    """Both have the form open as it was before either saved."""
    both = (
        Editor(workspace, record, first_name="Layan", last_name="Saad", email="layan@example.com"),
        Editor(workspace, record),
    )
    for each in both:
        each.open()
    return both


def test_a_form_carries_the_revision_that_the_api_names(workspace, record):
    shown = Editor(workspace, record).open()
    record.refresh_from_db()
    assert HIDDEN.findall(shown) == [record.revision]


def test_who_is_late_is_refused_and_told_by_whom_and_what(record, two):
    layan, late = two
    name = name_of(record)
    assert layan.send(**{name: "Layan’s"}).status_code == 302
    answer = late.send(**{name: "What I typed"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert stored(record) == "Layan’s"
    assert "Not saved: this was saved since you opened it." in page
    assert f"<bdi>layan@example.com</bdi> saved version {record.version + 1} (" in page
    assert f"{name} changed" in page
    assert 'value="What I typed"' in page
    compare = reverse(f"admin:builder_{record._meta.model_name}_compare", args=[record.pk])
    pair = f"{compare}?from={record.version}&amp;to={record.version + 1}"
    assert pair in page
    assert late.client.get(pair.replace("amp;", "")).status_code == 200


def test_saving_again_is_refused_until_one_says_so(record, two):
    layan, late = two
    name = name_of(record)
    layan.send(**{name: "Layan’s"})
    refused = late.send(**{name: "Mine"}).content.decode()
    again = late.send(**{name: "Mine", "opened": HIDDEN.findall(refused)[0]})
    assert again.status_code == 200
    assert stored(record) == "Layan’s"
    (over,) = BOX.findall(refused)
    assert late.send(**{name: "Mine", "over": over}).status_code == 302
    assert stored(record) == "Mine"
    kept = VersionHistory.objects.of(record).filter(version_number__gt=record.version)
    assert [(each.data[name], each.user) for each in kept.order_by("version_number")] == [
        ("Layan’s", layan.person), ("Mine", late.person),
    ]  # fmt: skip


def test_what_one_insists_on_is_what_one_was_shown(record, two):
    """A third save between the refusal and the second try is not overwritten unseen."""
    layan, late = two
    name = name_of(record)
    layan.send(**{name: "Layan’s"})
    (over,) = BOX.findall(late.send(**{name: "Mine"}).content.decode())
    type(record).objects.filter(pk=record.pk).update(**{name: "A third"})
    answer = late.send(**{name: "Mine", "over": over})
    assert (answer.status_code, stored(record)) == (200, "A third")
    told = f"The platform, a key, or somebody who is gone saved version {record.version + 2} ("
    assert told in answer.content.decode()


def test_an_autosave_that_its_version_took_up_is_noticed(workspace, record, two):
    """The version's number is the same, its revision is not."""
    layan, late = two
    name = name_of(record)
    layan.send(**{name: "Once"})
    late.open()
    layan.open()
    layan.send(**{name: "Twice"})
    answer = late.send(**{name: "Mine"})
    assert (answer.status_code, stored(record)) == (200, "Twice")
    compare = reverse(f"admin:builder_{record._meta.model_name}_compare", args=[record.pk])
    pair = f"{compare}?from={record.version}&amp;to={record.version + 1}"
    assert pair in answer.content.decode()


def test_ones_own_save_in_another_window_is_called_that(record, two):
    late = two[1]
    name = name_of(record)
    late.send(**{name: "In one window"})
    page = late.send(**{name: "In the other"}).content.decode()
    assert f"You saved version {record.version + 1} yourself, elsewhere (" in page
    assert stored(record) == "In one window"


def test_what_nobody_edits_refuses_nobody(project, workspace):
    editor = Editor(workspace, project)
    editor.open()
    Project.objects.update(site_changed_at=timezone.now())
    assert editor.send(name="On time").status_code == 302


def test_the_api_refuses_what_a_form_has_changed(api, record, two):
    """One notion of version for both."""
    layan = two[0]
    name = name_of(record)
    prefix = {"project": "projects", "sitemap": "sitemaps", "wireframe": "wireframes",
              "styleguide": "style-guides"}[record._meta.model_name]  # fmt: skip
    url = f"/api/v1/{prefix}/{record.pk}/"
    tag = api.get(url)["ETag"]
    assert tag == f'"{layan.form["opened"]}"'
    layan.send(**{name: "By form"})
    assert api.patch(url, {name: "x"}, headers={"If-Match": tag}).status_code == 412
    layan.open()
    assert api.patch(url, {name: "By API"}).status_code == 200
    assert layan.send(**{name: "Late"}).status_code == 200
    assert stored(record) == "By API"


def test_inline_rows_wait_too(project, workspace, two_of_project):
    layan, late = two_of_project
    layan.send(name="Layan’s")
    rows = {
        "collaborations-TOTAL_FORMS": "1", "collaborations-INITIAL_FORMS": "0",
        "collaborations-0-user": str(layan.person.pk), "collaborations-0-role": "viewer",
    }  # fmt: skip
    assert late.send(name="Mine", **rows).status_code == 200
    assert not project.collaborations.exists()


@pytest.fixture
def two_of_project(project, workspace):
    both = (Editor(workspace, project), Editor(workspace, project, role="admin"))
    for each in both:
        each.open()
    return both


@pytest.mark.parametrize("opened", ["", "rubbish", "9.9", "99999999999999.1", "-1.1", "\x00", "²"])
def test_what_a_form_may_carry(project, workspace, opened):
    editor = Editor(workspace, project)
    editor.open()
    answer = editor.send(name="Other", opened=opened)
    assert answer.status_code == (302 if opened == "" else 200)
    assert "500" not in answer.content.decode()[:200]


def test_in_arabic(project, two_of_project):
    layan, late = two_of_project
    layan.send(name="من ليان")
    late.client.cookies["django_language"] = "ar"
    page = late.client.post(
        late.address, {**late.form, "name": "لي"}, headers={"Accept-Language": "ar"}
    ).content.decode()
    assert "لم يُحفظ: حُفظ هذا بعد أن فتحته." in page
    assert 'value="لي"' in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("record", [Project, Wireframe], indirect=True)
def test_of_two_who_save_at_once_one_is_refused(record, two):
    gate, answers = threading.Barrier(2), {}
    name = name_of(record)

    def save(editor, text):
        gate.wait()
        try:
            answers[text] = editor.send(**{name: text}).status_code
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=(editor, text))
        for editor, text in zip(two, "AB", strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [200, 302]
    assert answers[stored(record)] == 302
    assert VersionHistory.objects.of(record).count() == record.version + 1


def test_a_record_that_is_gone_is_not_made_again(project, workspace):
    page = Wireframe.objects.filter(sitemap__project=project).latest("id")
    editor = Editor(workspace, page)
    editor.open()
    with versioning.saving():
        page.delete()
    assert editor.send(title="Mine").status_code == 302
    assert not Wireframe.objects.filter(pk=page.pk).exists()
    assert User.objects.filter(pk=editor.person.pk).exists()
