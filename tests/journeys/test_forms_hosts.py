"""Forms of sites at hosts of the customers' own, and of sites behind a password."""

import pytest
from django.core import signing
from django.utils import timezone

from builder import domains, site_passwords
from builder.models import SiteDomain
from journeys.models import Contact
from tests.journeys.doorway import post
from tests.journeys.test_forms import COMPONENT, FILLED, label, site, submit  # noqa: F401

HOST = "www.dar-al-qahwa.example"


def sent_to(host, **headers):
    return post(f"/_hh/forms/{COMPONENT}", data=FILLED, headers={"Host": host, **headers})


@pytest.fixture
def domain(site):  # noqa: F811
    return domains.claim(project=site, host=HOST)


@pytest.mark.parametrize("host", [HOST, f"{HOST.upper()}.:8000"])
def test_a_form_is_taken_in_at_a_verified_host(domain, host):
    SiteDomain.objects.filter(pk=domain.pk).update(verified_at=timezone.now())
    answer = sent_to(host)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/#{COMPONENT}-sent")
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("host", [HOST, "evil.example", "a..b", "[::1]", "127.0.0.1", "localhost"])
def test_and_at_no_other(domain, host):
    assert sent_to(host).status_code == 404
    assert not Contact.objects.exists()


def test_behind_a_password_a_form_tells_and_takes_nothing(site, label):  # noqa: F811
    version = site_passwords.set_password(project=site, password="before the opening").version
    for fields in (FILLED, {"name": ""}, {**FILLED, "_path": "/nowhere"}):
        answer = submit(label, fields)
        assert answer.status_code == 404
        assert site.name not in answer.text
        assert "Your name" not in answer.text
    ticket = signing.TimestampSigner(salt="builder.site_password").sign(f"{site.pk.hex}.{version}")
    cookie = f"hh_in_{site.pk.hex[:12]}={ticket}"
    assert submit(label, FILLED, headers={"Cookie": cookie}).status_code == 303
    assert Contact.objects.count() == 1
