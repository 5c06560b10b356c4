"""Mail: what people get, that they get it once, and what happens when it cannot be sent."""

import datetime
import email
import email.policy
import socket
import socketserver
import threading

import pytest

from journeys.mail import outbox
from journeys.mail.composition import Link, compose
from journeys.models import MailMessage
from journeys.workflows import engine
from tests.factories import MembershipFactory
from tests.journeys import workflow_scene as scene

pytestmark = pytest.mark.django_db

THANKS = {
    "kind": "send_mail",
    "subject": "Thank you, {{ form.name }}",
    "body": "We have:\n{{ form.message }}\n\nSoon.",
}


@pytest.fixture
def clock():
    return scene.Clock(scene.just_now() + datetime.timedelta(seconds=1))


@pytest.fixture
def mailbox(settings, tmp_path):
    """Real messages, as files in a folder."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def messages(folder):
    """The mails, the oldest first: two of one second may lie in one file."""
    files = [path.read_bytes() for path in sorted(folder.iterdir())]
    mark = b"\n" + 79 * b"-" + b"\n"
    texts = [text.lstrip() for each in files for text in each.split(mark) if text.strip()]
    return [email.message_from_bytes(text, policy=email.policy.default) for text in texts]


def submit(project, *steps, clock, **fields):
    execution = scene.make_execution(scene.make_workflow(project, *steps), now=clock.now, **fields)
    engine.advance_due(clock=clock)
    execution.refresh_from_db()
    return execution


def test_the_visitor_gets_text_and_html_from_the_site(mailbox, clock, settings):
    settings.DEFAULT_FROM_EMAIL = "Halfhour <hello@mail.example>"
    submit(scene.make_project(name="Dune Coffee"), THANKS, clock=clock)
    assert outbox.send_due(clock=clock) == 1
    (message,) = messages(mailbox)
    mail = MailMessage.objects.get()
    assert message["To"] == "sara@visitors.example"
    assert message["From"] == "Dune Coffee <hello@mail.example>"
    assert message["Subject"] == "Thank you, Sara Al-Amri"
    assert message["Message-ID"] == f"<{mail.id.hex}@mail.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Do you deliver?" in message.get_body(("plain",)).get_content()
    assert "Do you deliver?" in message.get_body(("html",)).get_content()
    assert mail.status == "sent"
    assert mail.sent_at == clock.now


def test_an_arabic_sites_mail_runs_from_right_to_left(mailbox, clock):
    project = scene.make_project(name="محمصة كثبان", language="ar")
    submit(
        project,
        {"kind": "send_mail", "subject": "شكرًا {{ form.name }}", "body": "وصلتنا رسالتك."},
        clock=clock,
        form={"name": "سارة"},
    )
    outbox.send_due(clock=clock)
    (message,) = messages(mailbox)
    assert message["Subject"] == "شكرًا سارة"
    assert message["Content-Language"] == "ar"
    html = message.get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html
    assert "أرسلته محمصة كثبان" in html


def test_members_are_told_in_their_workspaces_language(mailbox, clock):
    project = scene.make_project(name="Dune Coffee")
    project.workspace.default_language = "ar"
    project.workspace.save()
    second = MembershipFactory(workspace=project.workspace, role="owner").user
    MembershipFactory(workspace=project.workspace, role="editor")
    submit(project, {"kind": "notify_member"}, clock=clock)
    outbox.send_due(clock=clock)
    told = messages(mailbox)
    assert {message["To"] for message in told} == {project.owner.email, second.email}
    assert {message["Reply-To"] for message in told} == {"sara@visitors.example"}
    assert {message["Subject"] for message in told} == {"طلب جديد من Dune Coffee"}
    assert "message: Do you deliver?" in told[0].get_body(("plain",)).get_content()


def test_one_member_can_be_named(clock):
    project = scene.make_project()
    editor = MembershipFactory(workspace=project.workspace, role="editor").user
    submit(project, {"kind": "notify_member", "member": editor.email.upper()}, clock=clock)
    assert MailMessage.objects.get().to_address == editor.email


def test_a_member_of_another_workspace_is_not_told(clock):
    stranger = MembershipFactory().user
    step = {"kind": "notify_member", "member": stranger.email}
    execution = submit(scene.make_project(), step, clock=clock)
    assert execution.log[0]["outcome"] == "skipped"
    assert MailMessage.objects.count() == 0


def test_what_a_visitor_writes_is_text_and_not_html_and_not_a_header(mailbox, clock):
    form = {"name": "<b>x</b>\r\nBcc: all@example.com", "message": "<script>alert(1)</script>"}
    submit(scene.make_project(), THANKS, {"kind": "notify_member"}, clock=clock, form=form)
    assert outbox.send_due(clock=clock) == 2
    for message in messages(mailbox):
        assert message["Bcc"] is None
        html = message.get_body(("html",)).get_content()
        assert "<script>" not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("address", ["", "no address", "a@b.example\nBcc: c@d.example"])
def test_without_an_address_the_step_is_passed_over(address, clock):
    step = {**THANKS, "to": "{{ form.other }}"}
    execution = submit(scene.make_project(), step, clock=clock, form={"other": address})
    assert execution.status == "succeeded"
    assert execution.log[0]["outcome"] == "skipped"
    assert MailMessage.objects.count() == 0


def test_a_form_cannot_be_used_to_flood_a_stranger(clock):
    project = scene.make_project()
    workflow = scene.make_workflow(project, THANKS)
    contact = scene.make_contact(project.workspace)
    for _ in range(8):
        scene.make_execution(workflow, contact=contact, now=clock.now)
    engine.advance_due(clock=clock)
    assert MailMessage.objects.count() == 5
    clock.move(minutes=61)
    scene.make_execution(workflow, contact=contact, now=clock.now)
    engine.advance_due(clock=clock)
    assert MailMessage.objects.count() == 6


def test_a_mail_is_sent_once_however_often_the_outbox_is_asked(mailbox, clock):
    submit(scene.make_project(), THANKS, clock=clock)
    assert [outbox.send_due(clock=clock) for _ in range(3)] == [1, 0, 0]
    assert len(messages(mailbox)) == 1


def test_a_mail_whose_worker_died_is_sent_again_under_the_same_name(mailbox, clock):
    submit(scene.make_project(), THANKS, clock=clock)
    claimed = outbox._claim(clock())
    assert outbox.send_due(clock=clock) == 0, "the lease holds"
    outbox._message(claimed).send()  # and then it dies, before it can note so
    clock.move(minutes=2)
    assert outbox.send_due(clock=clock) == 1
    first, second = messages(mailbox)
    assert first["Message-ID"] == second["Message-ID"]


class _Smtp(socketserver.StreamRequestHandler):
    """A mail server that answers every recipient with `server.answer`."""

    def handle(self):
        self._say("220 test")
        for line in self.rfile:
            word = line.split(b" ")[0].strip().upper()
            if word == b"QUIT":
                self._say("221 bye")
                return
            self._say(self.server.answer if word == b"RCPT" else "250 ok")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def smtp(settings):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp)
    server.daemon_threads = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_TIMEOUT = 2
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_recipient_that_is_refused_for_good_is_not_tried_again(smtp, clock):
    smtp.answer = "550 no such mailbox"
    submit(scene.make_project(), THANKS, clock=clock)
    assert outbox.send_due(clock=clock) == 0
    mail = MailMessage.objects.get()
    assert (mail.status, mail.attempts) == ("failed", 1)
    assert "no such mailbox" in mail.error_message


def test_a_server_that_is_busy_is_asked_again_later(smtp, clock):
    smtp.answer = "451 try later"
    submit(scene.make_project(), THANKS, clock=clock)
    for attempt in range(1, 9):
        assert outbox.send_due(clock=clock) == 0
        mail = MailMessage.objects.get()
        assert mail.attempts == attempt
        assert mail.status == ("failed" if attempt == 8 else "queued")
        assert mail.due_at > clock.now
        clock.now = mail.due_at


def test_no_server_at_all_is_a_failure_that_may_pass(clock, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    submit(scene.make_project(), THANKS, clock=clock)
    submit(scene.make_project(), THANKS, clock=clock)
    outbox.send_due(clock=clock)
    assert {mail.status for mail in MailMessage.objects.all()} == {"queued"}
    assert sum(mail.attempts for mail in MailMessage.objects.all()) == 1, "the others wait"


def test_a_mail_reads_the_same_as_text_and_as_html():
    composed = compose(
        subject="A\nB",
        body="One\r\n\r\nTwo & three",
        language="en",
        sender="Dune",
        link=Link(label="Open", address="https://x.example/?a=1&b=2"),
    )
    assert composed.subject == "A B"
    assert composed.text == (
        "One\n\nTwo & three\n\nOpen: https://x.example/?a=1&b=2\n\n-- \nSent by Dune.\n"
    )
    assert "Two &amp; three" in composed.html
    assert 'href="https://x.example/?a=1&amp;b=2"' in composed.html
