"""Where a newcomer begins: the list of sites, the gallery, the first site."""

import pytest
from django.urls import reverse

from builder.models import Project
from builder.rendering.tokens import validate
from builder.sections import registry
from builder.studio import presets
from tests.builder.factories import ProjectFactory, built_in

pytestmark = pytest.mark.django_db


def test_without_sites_one_is_told_what_to_do(editor, visiting):
    page = editor.get("/studio/").content.decode()
    assert "Begin with a template" in page
    assert reverse("studio:gallery") in page
    assert reverse("studio:gallery") not in visiting("viewer").get("/studio/").content.decode()


def test_the_list_of_sites_asks_a_constant_number_of_queries(
    editor, project, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    editor.get("/studio/")  # the first of a session writes that it was seen
    with CaptureQueriesContext(connection) as one:
        editor.get("/studio/")
    for _number in range(4):
        ProjectFactory(workspace=project.workspace, owner=editor.user)
    with django_assert_num_queries(len(one)):
        editor.get("/studio/")


@pytest.mark.parametrize("wanted", ["dune", "DUNE h", "' or 1=1 --", "\x00dune"])
def test_sites_are_found_by_name(editor, project, wanted):
    found = editor.get("/studio/", {"q": wanted}, headers={"hx-request": "true"}).content.decode()
    assert (project.name in found) is ("dune" in wanted.lower())
    assert "<html" not in found


def test_templates_are_found_by_words_in_either_language_and_by_trade(editor):
    built_in()
    where = reverse("studio:gallery")
    assert "Suhail" in editor.get(where, {"q": "coffee"}).content.decode()
    assert "Marram" not in editor.get(where, {"q": "coffee"}).content.decode()
    arabic = built_in("suhail").translations["ar"]["name"].split()[0]
    assert "Suhail" in editor.get(where, {"q": arabic}).content.decode()
    trade = built_in("marram").trade
    assert "Suhail" not in editor.get(where, {"trade": trade}).content.decode()
    assert "No template" in editor.get(where, {"q": "<script>"}).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_template_is_shown_as_it_would_be(editor, language):
    where = reverse("studio:template-picture", args=[built_in().pk, language])
    answer = editor.get(where)
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox;")
    assert "script-src" not in policy
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_site_is_made_and_opened(editor, language):
    where = reverse("studio:choose", args=[built_in().pk])
    answer = editor.post(where, {"name": "Dune House", "language": language})
    project = Project.objects.get(name="Dune House")
    assert answer.url == reverse("studio:editor", args=[project.pk])
    assert (project.language, project.owner) == (language, editor.user)


@pytest.mark.parametrize(
    "form",
    [{}, {"name": "", "language": "en"}, {"name": "x" * 121, "language": "en"},
     {"name": "A", "language": "xx"}, {"name": "a\x00b", "language": "en"}],
)  # fmt: skip
def test_what_is_no_site_is_not_made(editor, form):
    answer = editor.post(reverse("studio:choose", args=[built_in().pk]), form)
    assert answer.status_code == 422
    assert 'class="fault"' in answer.content.decode()
    assert not Project.objects.exists()


def test_a_quota_that_is_used_up_is_said(editor, settings):
    from accounts.quotas import Kind

    tiers = {tier: {**limits, Kind.PROJECTS: 0} for tier, limits in settings.QUOTAS.items()}
    settings.QUOTAS = tiers or {"free": {Kind.PROJECTS: 0}}
    answer = editor.post(
        reverse("studio:choose", args=[built_in().pk]), {"name": "A", "language": "en"}
    )
    assert answer.status_code == 422
    assert 'class="fault"' in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_section_has_a_form_and_a_picture(editor, project, language):
    told = editor.get(reverse("studio:kinds")).json()
    assert {kind["type"] for kind in told["kinds"]} == set(registry())
    assert all(kind["fields"] and set(kind["examples"]) == {"en", "ar"} for kind in told["kinds"])
    for kind in told["kinds"]:
        where = reverse("studio:kind-picture", args=[project.pk, kind["type"], language])
        assert editor.get(where).status_code == 200
    assert editor.get(where.replace(kind["type"], "Nothing")).status_code == 404


def test_drawings_are_images_that_run_nothing(editor, project):
    name = editor.get(reverse("studio:kinds")).json()["drawings"][0]
    answer = editor.get(reverse("studio:art", args=[project.pk, name]))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    for wrong in ("../../settings", "a/../../b", "nothing/nothing"):
        assert editor.get(f"/studio/{project.pk}/art/{wrong}.svg").status_code == 404


def test_looks_to_begin_from_are_right_and_read_well():
    def light(code):
        parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def ratio(one, other):
        dark, bright = sorted([light(one), light(other)])
        return (bright + 0.05) / (dark + 0.05)

    pairs = [
        ("text", "background"), ("text", "surface"), ("muted", "background"),
        ("muted", "surface"), ("on-accent", "accent"), ("accent", "background"),
        ("on-inverse", "inverse"), ("inverse-muted", "inverse"), ("inverse-accent", "inverse"),
        ("danger", "background"),
    ]  # fmt: skip
    for look in presets.palettes():
        colors = look["colors"]
        low = {pair: ratio(*(colors[each] for each in pair)) for pair in pairs}
        assert not {pair: found for pair, found in low.items() if found < 4.5}, look["name"]
        tokens = {"$type": "color"}
        for name, code in colors.items():
            parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)] if code[0] == "#" else 0
            value = {"colorSpace": "srgb", "components": parts, "hex": code} if parts else code
            tokens[name] = {"$value": value}
        assert validate({"color": tokens}) == []
    known = {name for names in presets.typefaces().values() for name in names}
    for pair in presets.pairs():
        assert {*pair["display"][:2], *pair["body"][:2]} <= known
