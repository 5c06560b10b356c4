"""What a site answers where it has no page: in the language whose prefix the address has."""

import pytest

from builder import previews, publishing, storing
from builder.models import Release, ReleaseFile, Wireframe
from builder.rendering.blocks import BLOCKS
from tests.builder.edge import visit, web_database_url

pytestmark = pytest.mark.django_db(transaction=True)

HOST = "http://dune-house.localhost"
BY_PATH = "http://localhost/s/dune-house"
PATH = "/ar/404.html"


@pytest.fixture(autouse=True)
def _web_login(settings, transactional_db):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"


@pytest.fixture
def both(project):
    """The project, with its home and contact page in Arabic too."""
    project.settings["locales"] = {"ar": {"name": "بيت الكثبان"}}
    project.save()
    pages = project.current_sitemap.pages
    pages["home"]["translations"] = {"ar": {"title": "الرئيسية"}}
    pages["contact"]["translations"] = {"ar": {"title": "اتصل بنا"}}
    project.current_sitemap.save()
    return project


def publish(project, *languages):
    return publishing.publish(project=project, user=None, locales=languages or None)


def restyle(project):
    """Change something that every page shows."""
    project.name = f"{project.name} anew"
    project.save()
    home = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    home.layout["content"][1]["props"]["title"] = project.name
    home.save()


@pytest.mark.parametrize(("root", "base"), [(HOST, "/"), (BY_PATH, "/s/dune-house/")])
@pytest.mark.parametrize("path", ["/ar/nothing", "/ar/no/thing/", "/ar/404.html", "/ar/404"])
def test_below_a_languages_prefix_it_is_that_languages(both, root, base, path):
    publish(both)
    answer = visit(root + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert "هذه الصفحة ليست هنا" in answer.text
    assert "بيت الكثبان" in answer.text
    assert f'href="{base}ar/contact"' in answer.text
    assert f'href="{base}ar"' in answer.text
    assert f'href="{base}practice"' not in answer.text
    assert "_hh_base_" not in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/arabic", "/arx/nothing", "/AR/nothing", "//ar/x"])
def test_elsewhere_it_is_the_sites_own(both, path):
    publish(both)
    answer = visit(HOST + path)
    assert answer.status_code == 404
    assert '<html lang="en" dir="ltr"' in answer.text
    assert 'href="/practice"' in answer.text


def test_it_is_a_file_of_the_release_and_no_page_of_the_site(both):
    release = publish(both)
    assert PATH in release.manifest
    assert all(PATH not in locale["pages"] for locale in release.locales.values())
    sitemap = release.manifest["/sitemap.xml"]["sha256"]
    file = ReleaseFile.objects.get(sha256=sitemap)
    assert b"404" not in storing.plain(file.body, file.gzip)
    assert BLOCKS + PATH not in release.manifest
    again = publish(both)
    assert again == release


def test_a_language_that_stays_keeps_its_own(both):
    before = publish(both)
    restyle(both)
    after = publish(both, "en")
    assert after.manifest[PATH] == before.manifest[PATH]
    assert after.inputs[PATH] == before.inputs[PATH]
    assert after.manifest["/404.html"] != before.manifest["/404.html"]
    then = publish(both, "ar")
    assert then.manifest["/404.html"] == after.manifest["/404.html"]


def test_a_language_that_goes_takes_it_along(both):
    publish(both)
    both.settings = {}
    both.save()
    assert PATH not in publish(both).manifest
    assert '<html lang="en"' in visit(f"{HOST}/ar/nothing").text


def test_a_release_from_before_has_the_sites_own_for_all(both):
    """One of which only some languages are published, too."""
    release = publish(both)
    without = {
        name: {path: value for path, value in getattr(release, name).items() if path != PATH}
        for name in ("manifest", "inputs")
    }
    both.live_release = Release.objects.create(
        workspace=both.workspace, project=both, number=2, published_at=release.published_at,
        locales=release.locales, forms=release.forms, **without,
    )  # fmt: skip
    both.save()
    assert '<html lang="en"' in visit(f"{HOST}/ar/nothing").text
    restyle(both)
    assert PATH not in publish(both, "en").manifest
    assert PATH in publish(both).manifest


def test_a_preview_has_it_too(both):
    publish(both)
    preview = previews.create(project=both, user=None)
    answer = visit(f"http://localhost/{preview.url.split('/', 3)[3].rstrip('/')}/ar/nothing")
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"


def test_one_whose_file_is_gone_is_still_a_404(both):
    release = publish(both)
    ReleaseFile.objects.filter(sha256=release.manifest[PATH]["sha256"]).delete()
    assert visit(f"{HOST}/ar/nothing").status_code == 404
