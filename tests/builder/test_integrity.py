"""What check_data finds of sites."""

import pytest

from accounts import checking
from builder.models import Project, ReleaseFile, SiteAddress
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user).one(Project)


def findings(name):
    ((_check, found),) = checking.run([name])
    return [(finding.key, finding.detail) for finding in found]


def test_a_live_site_that_lacks_a_file_is_found(project):
    name = "builder.live_site_has_its_files"
    assert findings(name) == []
    entry = project.live_release.manifest["/"]
    ReleaseFile.objects.filter(sha256=entry["sha256"]).delete()
    assert (str(project.pk), "release #1 has no file for /") in findings(name)


def test_a_live_site_without_an_address_is_found(project):
    name = "builder.live_site_has_an_address"
    assert findings(name) == []
    SiteAddress.objects.filter(project=project).delete()
    assert [key for key, _detail in findings(name)] == [str(project.pk)]
