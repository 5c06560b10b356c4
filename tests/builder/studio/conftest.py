"""People at the studio's door."""

import pytest
from django.test import Client

from tests.factories import MembershipFactory


@pytest.fixture
def visiting(workspace):
    """A function that makes a member of the given role and signs them in; the client's `user`."""

    def visit(role="editor", *, within=None, user=None):
        extra = {"user": user} if user is not None else {}
        membership = MembershipFactory(workspace=within or workspace, role=role, **extra)
        client = Client()
        client.force_login(membership.user, "django.contrib.auth.backends.ModelBackend")
        client.user = membership.user
        return client

    return visit


@pytest.fixture
def editor(visiting):
    return visiting("editor")
