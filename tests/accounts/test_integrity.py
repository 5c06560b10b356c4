"""What check_data finds of profiles."""

import pytest

from accounts import checking, profiles
from accounts.models import UserProfile
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_completion_that_the_rule_does_not_make_is_found():
    profile, _made = UserProfile.objects.get_or_create(user=UserFactory())
    profiles.save(profile=profile, job_title="Buyer")

    def findings():
        ((_check, found),) = checking.run(["accounts.completion_agrees"])
        return [(finding.key, finding.detail) for finding in found]

    assert findings() == []
    UserProfile.objects.filter(pk=profile.pk).update(profile_completion_percentage=40)
    assert findings() == [(str(profile.pk), "40 %, and is 12 %")]
