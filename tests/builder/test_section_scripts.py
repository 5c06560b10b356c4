"""The script of a site's sections, where it is published."""

import re

import pytest

from builder import publishing, static_site
from builder.models import Wireframe
from builder.rendering import section_script
from builder.sections import registry
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script defer src="([^"]*site\.[0-9a-f]{12}\.js)"')


def with_sections(*kinds):
    """A project whose home page has these sections alone, and no other page has a script."""
    project = ProjectFactory()
    for page in Wireframe.objects.filter(sitemap=project.current_sitemap):
        page.layout = {"root": {"props": {}}, "content": [], "zones": {}}
        if page.page_key == "home":
            page.layout["content"] = [
                {"type": kind, "props": {"id": kind, **registry()[kind].example(language="en")}}
                for kind in kinds
            ]
        page.save()
    return project


def test_a_release_has_one_pinned_script_of_the_sections_in_use():
    project = with_sections("Countdown", "Announcement", "Hero")
    release = publishing.publish(project=project, user=project.owner)
    (path,) = [path for path in release.manifest if re.search(r"/assets/site\.\w+\.js$", path)]
    wanted = section_script(section_types={"Countdown", "Announcement"}).body
    assert release.manifest[path]["size"] == len(wanted)
    assert release.manifest[path]["pinned"]
    made = static_site.export(release=release)
    assert made.files[f"site{path}"] == wanted
    home = made.files["site/index.html"].decode()
    (address,) = SCRIPT.findall(home)
    assert address.lstrip("./") == path.lstrip("/")


def test_a_site_whose_sections_need_none_has_none():
    project = with_sections("Hero", "Navigation", "Features", "FAQ")
    home = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    home.layout["content"][1]["props"]["links"] = [{"label": "Work", "href": "#work"}]
    home.save()
    release = publishing.publish(project=project, user=project.owner)
    assert not [
        path for path in release.manifest if path.startswith("/assets/site.") and "js" in path
    ]


def test_a_menu_with_sub_menus_has_one():
    project = with_sections("Navigation")
    release = publishing.publish(project=project, user=project.owner)
    assert [path for path in release.manifest if re.search(r"/assets/site\.\w+\.js$", path)]
