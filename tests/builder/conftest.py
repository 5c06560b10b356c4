import pytest

from tests.builder.factories import ProjectFactory


@pytest.fixture(autouse=True)
def _a_script_of_our_own(settings):
    settings.BUILDER_PAGE_SCRIPTS = ["tests.builder.factories.page_script"]


@pytest.fixture
def project(workspace, user):
    return ProjectFactory(workspace=workspace, owner=user, name="Dune House")
