"""What check_data finds of content."""

import pytest

from accounts import checking
from personalization import prompts
from personalization.models import ContentTemplate
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def findings():
    ((_check, found),) = checking.run(["personalization.uses_are_counted"])
    return [(finding.key, finding.detail) for finding in found]


def test_a_use_that_was_not_counted_is_found_and_deleted_content_is_no_fault():
    owner = MembershipFactory(role="owner")
    template = Scene(workspace=owner.workspace, user=owner.user).one(ContentTemplate)
    first, _second = (
        prompts.personalize(template=template, variables={"product": name})
        for name in ("oud", "musk")
    )
    assert findings() == []
    ContentTemplate.objects.filter(pk=template.pk).update(usage_count=1)
    assert findings() == [(str(template.pk), "counts 1 uses; there are 2 pieces made from it")]
    first.delete()
    assert findings() == []
