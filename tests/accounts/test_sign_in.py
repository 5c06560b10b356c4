"""Signing in: counted, limited, told to nobody, with a second factor where staff need one."""

import threading
from contextlib import contextmanager
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from accounts import breaches
from accounts.addresses import client_address
from accounts.models import AuditEntry, User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
LOGIN = "/account/login/"


@pytest.fixture
def person(user):
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def sign_in(client, email, password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def actions(user):
    return list(
        AuditEntry.objects.filter(user=user).order_by("id").values_list("action", flat=True)
    )


def test_signing_in_is_counted_and_written_down(person):
    client = Client()
    sign_in(client, person.email, "wrong")
    assert sign_in(client, person.email).status_code == 302
    person.refresh_from_db()
    assert person.login_count == 1
    assert person.last_login is not None
    client.post("/account/logout/")
    assert actions(person) == ["sign_in_failed", "signed_in", "signed_out"]


def test_an_address_without_an_account_is_not_kept(person):
    sign_in(Client(), "nobody@example.com", "wrong")
    entry = AuditEntry.objects.get(action="sign_in_failed")
    assert entry.user is None
    assert "nobody" not in f"{entry.subject}{entry.before}{entry.after}"


def test_an_account_is_closed_for_a_while_after_five_wrong_passwords(person):
    for _ in range(5):
        assert sign_in(Client(), person.email, "wrong").status_code == 200
    locked = sign_in(Client(), person.email)
    assert locked.status_code in (200, 429)
    assert "_auth_user_id" not in Client().session
    assert User.objects.get(pk=person.pk).login_count == 0
    other = UserFactory()
    other.emailaddress_set.create(email=other.email, verified=True, primary=True)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert sign_in(elsewhere, other.email).status_code == 302


def _told(answer, email):
    """What a page says, without what is different for every request."""
    import re

    text = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())
    return answer.status_code, answer.get("Location"), text.replace(email, "")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (LOGIN, {"login": None, "password": "wrong"}),
        ("/account/password/reset/", {"email": None}),
        (
            "/account/signup/",
            {"email": None, "password1": "long and new 4711", "password2": "long and new 4711"},
        ),
    ],
    ids=["sign-in", "reset", "sign-up"],
)
def test_no_page_tells_who_has_an_account(person, path, fields):
    told = []
    for email in (person.email, "nobody@example.com"):
        form = {name: email if value is None else value for name, value in fields.items()}
        told.append(_told(Client().post(path, form), email))
    assert told[0] == told[1]


def test_one_sees_ones_sessions_and_ends_them(person):
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, person.email)
        client.get("/")
    stranger = UserFactory()
    other = Client()
    other.force_login(stranger)
    other.get("/")
    api = APIClient()
    api.cookies = here.cookies
    rows = api.get("/api/v1/sessions/").json()["results"]
    assert len(rows) == 2
    assert [row["is_current"] for row in rows] == [False, True]
    assert "session_key" not in rows[0]
    other_id = stranger.usersession_set.get().pk
    csrf = {"X-CSRFToken": here.cookies["halfhour_csrf"].value}
    assert api.delete(f"/api/v1/sessions/{other_id}/", headers=csrf).status_code == 404
    assert api.delete(f"/api/v1/sessions/{rows[0]['id']}/", headers=csrf).status_code == 204
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert other.get("/").status_code == 200
    assert actions(person)[-1] == "session_ended"


def test_within_a_workspace_sessions_are_ones_own_too(acting):
    viewer, colleague = acting("viewer"), acting("editor")
    for person in (viewer.user, colleague.user):
        client = Client()
        client.force_login(person)
        client.get("/")
    rows = viewer.get("/api/v1/sessions/").json()["results"]
    assert len(rows) == 1
    theirs = colleague.user.usersession_set.get().pk
    assert viewer.delete(f"/api/v1/sessions/{theirs}/").status_code == 404
    assert viewer.delete(f"/api/v1/sessions/{rows[0]['id']}/").status_code == 204


@pytest.mark.parametrize(
    "function",
    [
        "accounts_write_audit(jsonb)",
        "accounts_allows_analytics(uuid)",
        "accounts_note_activity(uuid)",
        "accounts_subscription_of(uuid)",
        "accounts_end_session(bigint, uuid)",
        "accounts_find_invitation(text)",
    ],
)
def test_the_login_of_the_doors_may_do_what_signing_in_needs(function):
    """Tests connect as the owner, who may everything: the doors may what is granted to them."""
    with connection.cursor() as cursor:
        cursor.execute("select has_function_privilege('halfhour_web', %s, 'execute')", [function])
        assert cursor.fetchone() == (True,)
        cursor.execute(
            """select has_function_privilege('halfhour_web', f, 'execute')
                or has_function_privilege('halfhour_tenant', f, 'execute')
            from unnest(array['accounts_redact_audit(uuid)']) f"""
        )
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_console_wants_a_second_factor_of_staff(workspace, settings, language):
    settings.STAFF_NEEDS_MFA = True
    staff = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    client = Client(headers={"accept-language": language})
    client.force_login(staff.user)
    refused = client.get("/console/")
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "/account/2fa/totp/activate/" in page
    assert f'lang="{language}"' in page
    assert client.get("/api/v1/workspace/").status_code == 200
    staff.user.authenticator_set.create(type="totp", data={"secret": "x"})
    assert client.get("/console/accounts/apikey/").status_code == 200


def test_without_the_setting_staff_come_in_with_a_password(workspace):
    staff = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    client = Client()
    client.force_login(staff.user)
    assert client.get("/console/accounts/apikey/").status_code == 200


def test_staff_change_their_password_where_everybody_does(workspace, person):
    person.is_staff = True
    person.save()
    MembershipFactory(workspace=workspace, role="admin", user=person)
    client = Client()
    client.force_login(person)
    assert (
        client.get("/console/password_change/").headers["Location"] == "/account/password/change/"
    )
    changed = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "quite another 11", "password2": "quite another 11"},
    )
    assert changed.status_code == 302
    assert client.get("/console/accounts/apikey/").status_code == 200
    assert sign_in(Client(), person.email, "quite another 11").status_code == 302
    assert "password_changed" in actions(person)


@contextmanager
def range_server(body="", status=200, seconds=0.0):
    """A local server that speaks Have I Been Pwned's range search."""
    asked = []
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Add-Padding")))
            stop.wait(seconds)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/range/", asked
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def digest(password):
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def test_a_password_from_a_breach_is_refused_and_only_its_beginning_leaves(settings):
    known = digest("a stolen password")
    body = f"{'0' * 35}:3\r\n{known[5:]}:4711\r\n{digest('padded')[5:]}:0\r\n"
    with range_server(body) as (url, asked):
        settings.PWNED_PASSWORDS_URL = url
        with pytest.raises(ValidationError, match="breach"):
            validate_password("a stolen password")
        validate_password("a password of one's own")
        assert breaches.times_seen("padded") == 0
    assert asked[0] == (f"/range/{known[:5]}", "true")


@pytest.mark.parametrize("trouble", [{"status": 503}, {"seconds": 5}], ids=["broken", "slow"])
def test_without_an_answer_the_password_passes(settings, monkeypatch, trouble):
    monkeypatch.setattr(breaches, "TIMEOUT_SECONDS", 0.2)
    with range_server(**trouble) as (url, _asked):
        settings.PWNED_PASSWORDS_URL = url
        validate_password("a stolen password")


def test_without_the_setting_nobody_is_asked(settings):
    settings.PWNED_PASSWORDS_URL = ""
    assert breaches.times_seen("password") == 0


@pytest.mark.parametrize(("proxies", "expected"), [(0, "127.0.0.1"), (1, "9.9.9.9")])
def test_rate_limits_count_by_the_address_that_proxies_vouch_for(settings, proxies, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": "1.1.1.1, 9.9.9.9"})
    assert client_address(request) == expected
