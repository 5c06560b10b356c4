"""Who is called in a comment, and the one mail that they get."""

import smtplib
import uuid

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import UserProfile
from builder import calling, comments, mention_mail
from builder.models import Comment, CommentMention
from tests.builder.factories import CollaboratorFactory, ProjectFactory
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/comments/"


def client_of(membership):
    _key, secret = issue_key(
        workspace=membership.workspace, kind="personal", name="t", user=membership.user
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def person(**fields):
    return calling.Person(id=uuid.uuid4(), **fields)


NOURA = person(email="noura@cafe.example", first_name="Noura", last_name="Salem")
OMAR = person(email="omar.k@cafe.example", first_name="عمر", last_name="الخطيب")
OTHER_OMAR = person(email="o2@cafe.example", first_name="عمر", last_name="سالم")
ALL = (NOURA, OMAR, OTHER_OMAR)


class TestCalling:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("@noura look", {NOURA}),
            ("(@Noura Salem, look)", {NOURA}),
            ("@NOURA.SALEM!", {NOURA}),
            ("@noura@cafe.example.", {NOURA}),
            ("@omar.k and @Noura", {NOURA, OMAR}),
            ("انظر يا @عمر الخطيب من فضلك", {OMAR}),
            ("@عمر", set()),  # two go by this name
            ("@noura@elsewhere.example", set()),  # a stranger's address is nobody's name
            ("noura@cafe.example", set()),  # an address, and no call
            ("https://x.example/@noura", set()),
            ("@nobody @ @@ @media", set()),
            ("@nourah", set()),
            ("@\u212boura", set()),
        ],
    )
    def test_who_is_meant(self, text, meant):
        assert calling.resolve(calling.calls(text), ALL) == {each.id for each in meant}

    def test_a_long_text_is_read_in_little_time(self):
        for text in ("@" * 10_000, "@a" * 5_000, "@a " * 3_333, "@" + "a." * 5_000):
            began = timezone.now()
            calling.calls(text)
            assert (timezone.now() - began).total_seconds() < 0.5


@pytest.fixture
def lama(workspace):
    user = UserFactory(first_name="Lama", last_name="Salem", email="lama@cafe.example")
    return MembershipFactory(workspace=workspace, user=user, role="editor")


@pytest.fixture
def say(project, user):
    def write(body, **fields):
        fields = {"author_id": user.pk, **fields}
        return comments.write(project=project, body=body, now=timezone.now(), **fields)

    return write


def send():
    return mention_mail.send_due()


class TestTheMail:
    def test_each_gets_one_with_what_was_said_and_a_link(self, project, user, lama, say):
        guest = CollaboratorFactory(project=project, role="viewer").user
        text = f"@lama and @{guest.email}: <b>fees</b> & more"
        comment = say(text)
        assert send() == 2
        assert send() == 0
        assert {each.to[0] for each in mail.outbox} == {lama.user.email, guest.email}
        (first, *_) = [each for each in mail.outbox if each.to == [lama.user.email]]
        assert project.name in first.subject
        assert user.get_full_name() in first.subject
        address = f"/builder/comment/{comment.pk}/change/#comment-{comment.pk}"
        html, kind = first.alternatives[0]
        assert kind == "text/html"
        assert text in first.body
        assert address in first.body
        assert address in html
        assert "&lt;b&gt;fees&lt;/b&gt; &amp; more" in html
        assert "<b>fees" not in html

    def test_a_script_in_names_stays_text_and_breaks_no_header(self, project, lama, say):
        project.name = "A\nBcc: x@y.example <script>"
        project.save(update_fields=["name"])
        say("@lama <script>alert(1)</script>")
        assert send() == 1
        (sent,) = mail.outbox
        assert "\n" not in sent.subject
        assert sent.recipients() == [lama.user.email]
        assert "<script" not in sent.alternatives[0][0]

    def test_it_speaks_the_persons_language(self, lama, say):
        UserProfile.objects.create(user=lama.user, preferred_language="ar")
        say("@lama السلام عليكم")
        send()
        html = mail.outbox[0].alternatives[0][0]
        assert 'dir="rtl"' in html
        assert mail.outbox[0].extra_headers["Content-Language"] == "ar"
        assert "mentioned" not in mail.outbox[0].subject + html

    def test_nobody_is_told_twice_or_tells_themselves(self, user, lama, say):
        comment = say(f"@lama @{user.email}")
        assert send() == 1
        for body in ("Nobody", "@lama again", "@lama @lama"):
            comments.change(comment=comment, body=body, now=timezone.now())
            assert send() == 0
        assert CommentMention.objects.get().user == lama.user

    def test_who_is_called_by_an_edit_is_told(self, lama, say):
        comment = say("Nobody")
        assert send() == 0
        comments.change(comment=comment, body="@lama", now=timezone.now())
        assert send() == 1

    def test_who_is_called_no_more_before_the_mail_gets_none(self, lama, say):
        comment = say("@lama")
        comments.change(comment=comment, body="Nobody", now=timezone.now())
        assert send() == 0
        assert not CommentMention.objects.exists()

    def test_who_has_lost_sight_or_whose_comment_went_gets_none(self, lama, say):
        deleted = say("@lama")
        comments.write(
            project=deleted.project, author_id=None, body="x", now=timezone.now(), parent=deleted
        )
        comments.remove(comment=deleted, now=timezone.now())
        assert send() == 0
        say("@lama")
        lama.delete()
        assert send() == 0
        assert mail.outbox == []

    def test_a_server_that_is_away_is_asked_again_and_a_refusal_is_final(
        self, lama, say, monkeypatch
    ):
        say("@lama")

        def failing(error):
            def send_messages(self, messages):
                raise error

            monkeypatch.setattr(
                "django.core.mail.backends.locmem.EmailBackend.send_messages", send_messages
            )

        failing(ConnectionRefusedError())
        assert send() == 0
        assert CommentMention.objects.untold().count() == 1
        failing(smtplib.SMTPRecipientsRefused({}))
        assert send() == 0
        assert CommentMention.objects.untold().count() == 0

    def test_a_refusal_for_now_is_tried_again_and_keeps_nobody_else_waiting(
        self, lama, say, workspace, monkeypatch
    ):
        huda = UserFactory(first_name="Huda", last_name="Salem", email="huda@cafe.example")
        MembershipFactory(workspace=workspace, role="editor", user=huda)
        say("@lama")
        say("@huda")
        backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
        with monkeypatch.context() as patched:
            deliver = locmem.EmailBackend.send_messages

            def greylisting(self, messages):
                if messages[0].to == [lama.user.email]:
                    raise smtplib.SMTPRecipientsRefused(
                        {lama.user.email: (450, b"try again later")}
                    )
                return deliver(self, messages)

            patched.setattr(backend, greylisting)
            assert send() == 1
        assert [each.to for each in mail.outbox] == [[huda.email]]
        assert send() == 1
        assert [each.to for each in mail.outbox] == [[huda.email], [lama.user.email]]

    def test_the_same_mention_is_the_same_message(self, lama, say):
        say("@lama")
        mention = CommentMention.objects.get()
        assert (
            mention_mail.message(mention).extra_headers["Message-ID"]
            == mention_mail.message(mention).extra_headers["Message-ID"]
        )


class TestOverTheApi:
    def body(self, project, text, **more):
        return {"project": str(project.pk), "body": text, **more}

    def test_only_who_sees_the_project_is_called(self, api, project, lama):
        elsewhere = MembershipFactory(role="owner").user
        other = CollaboratorFactory(project=ProjectFactory(workspace=project.workspace)).user
        text = f"@lama @{elsewhere.email} @{other.email} @nobody@nowhere.example"
        made = api.post(URL, self.body(project, text)).json()
        assert made["mentions"] == [str(lama.user_id)]
        assert CommentMention.objects.count() == 1

    def test_a_guest_learns_nobodys_name(self, project, lama):
        """A colleague of the workspace is told; the guest cannot tell whether there is one."""
        guest = MembershipFactory(role="owner")
        CollaboratorFactory(project=project, user=guest.user, role="editor")
        client = client_of(guest)
        found = client.post(URL, self.body(project, f"@{lama.user.email} @lama"))
        unknown = client.post(URL, self.body(project, "@who@nowhere.example @nobody"))
        assert found.status_code == unknown.status_code == 201
        assert found.json()["mentions"] == unknown.json()["mentions"] == []
        assert CommentMention.objects.get().user == lama.user

    def test_ones_own_mentions_are_found_in_threads_and_replies(self, api, project, lama):
        thread = api.post(URL, self.body(project, "Plain")).json()
        api.post(URL, self.body(project, "@lama", parent=thread["id"]))
        calls = api.post(URL, self.body(project, "@lama too")).json()
        api.post(URL, self.body(project, "Nobody"))
        client = client_of(lama)

        def found(value):
            answer = client.get(URL, {"mentions_me": value}).json()["results"]
            return [each["body"] for each in answer]

        assert found("true") == [calls["body"], "Plain"]
        assert found("false") == ["Nobody"]
        assert api.get(URL, {"mentions_me": "true"}).json()["results"] == []

    def test_a_flood_is_refused_whole(self, api, project, lama):
        text = " ".join(f"@person{number}" for number in range(calling.MOST_CALLS + 1))
        answer = api.post(URL, self.body(project, text))
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "too_many_mentions"
        assert not Comment.objects.exists()

    def test_so_many_an_hour(self, api, project, lama, monkeypatch):
        monkeypatch.setattr("builder.mentions.MOST_AN_HOUR", 2)
        for _ in range(2):
            assert api.post(URL, self.body(project, "@lama")).status_code == 201
        refused = api.post(URL, self.body(project, "@lama"))
        assert refused.json()["errors"][0]["code"] == "too_many_mentions"
        assert Comment.objects.count() == 2
        CommentMention.objects.update(created_at=timezone.now() - timezone.timedelta(hours=2))
        assert api.post(URL, self.body(project, "@lama")).status_code == 201

    def test_a_comment_without_a_call_asks_for_no_people(self, api, project, lama):
        def people(text):
            with CaptureQueriesContext(connection) as queries:
                assert api.post(URL, self.body(project, text)).status_code == 201
            return [each for each in queries if "accounts_membership" in each["sql"]]

        people("first")
        assert len(people("@lama")) > len(people("Nobody"))
