"""Pictures that an editor uploads and sets on a page; what frames of no origin may load."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builder.fonts import families
from builder.models import Image
from builder.studio import assets
from tests.builder import pictures
from tests.builder.studio.documents import address, layout_with, pointers, post, put, save
from tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


def upload(client, project, body, name="house.png"):
    return client.post(address("images", project), {"file": SimpleUploadedFile(name, body)})


@pytest.fixture
def photo():
    return pictures.as_file(pictures.photo(300, 200), "PNG")


def test_a_picture_is_uploaded_once_and_chosen_again(editor, project, photo):
    answer = upload(editor, project, photo)
    assert answer.status_code == 201
    assert upload(editor, project, photo).status_code == 200
    (listed,) = editor.get(address("images", project)).json()["images"]
    assert listed["id"] == answer.json()["id"]
    shown = editor.get(listed["address"], headers={"accept": "image/webp,*/*"})
    assert shown.headers["Content-Type"].startswith("image/")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("house.png", b"<svg onload=alert(1)>"),
        ("house.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("house.html", b"<script>alert(1)</script>"),
        ("empty.png", b""),
        ("../../house.png", b"no picture"),
    ],
)
def test_what_is_no_picture_is_said_at_the_file(editor, project, name, body):
    answer = upload(editor, project, body, name)
    assert answer.status_code == 422
    assert pointers(answer) == ["/file"]
    assert not Image.objects.exists()


def test_without_a_file_one_is_asked_for(editor, project):
    assert pointers(editor.post(address("images", project))) == ["/file"]


def test_who_may_not_edit_uploads_nothing(visiting, project, photo):
    assert upload(visiting("viewer"), project, photo).status_code == 403
    assert upload(visiting("owner", within=WorkspaceFactory()), project, photo).status_code == 404
    assert not Image.objects.exists()


def test_a_page_shows_it_in_a_frame_without_cookies(editor, project, photo):
    image = upload(editor, project, photo).json()["id"]
    layout = layout_with(project, variant="split", picture={"image": image, "alt": "A house"})
    assert save(editor, project, layout).status_code == 200
    body = {"layout": layout, "language": "en"}
    html = post(editor, address("draw", project, "home"), body).json()["html"]
    found = re.search(r'<img class="picture[^>]* src="([^"]+)"', html)
    assert found
    assert found[1].startswith("/studio/images/")
    nobody = Client()
    answer = nobody.get(found[1])
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    token, name = found[1].split("/")[-2:]
    assert nobody.get(f"/studio/images/{token}x/{name}").status_code == 404
    assert nobody.get(f"/studio/images/{token}/0000000000000000-320.png").status_code == 404
    assert nobody.get(f"/studio/images/{token}/..%2f{name}").status_code == 404


def test_a_strangers_token_shows_no_picture_of_others(editor, project, photo):
    image = upload(editor, project, photo).json()["id"]
    body = {"layout": layout_with(project, picture={"image": image}), "language": "en"}
    html = post(editor, address("draw", project, "home"), body).json()["html"]
    name = re.search(r"/studio/images/[^/]+/([0-9a-f]{16}-\d+\.\w+)", html)[1]
    other = WorkspaceFactory()
    theirs = assets.with_images(f'"{assets.FOLDER}/{name}"', workspace_id=other.pk)
    assert Client().get(theirs.strip('"')).status_code == 404


def test_fonts_are_for_frames_of_no_origin(client):
    name = families()[0].files[0].path.rpartition("/")[2]
    answer = client.get(f"/studio/fonts/{name}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/studio/fonts/..%2f..%2fsettings.py").status_code == 404
    assert client.get(f"/studio/fonts/x{name}").status_code == 404


def about(client, project, image, body):
    return put(client, address("image-about", project, image.pk), body)


def test_what_is_in_a_picture_is_said_by_language_with_what_stays_in_sight(
    editor, visiting, project, photo
):
    upload(editor, project, photo)
    image = Image.objects.get()
    body = {"alts": {"en": "A house", "ar": "بيت"}, "focal": [0.25, 1]}
    told = about(editor, project, image, body).json()
    assert (told["alts"], told["focal"]) == (body["alts"], [0.25, 1.0])
    assert about(editor, project, image, {"alts": {"en": "A barn"}}).status_code == 200
    image.refresh_from_db()
    assert image.alt == {"en": "A barn", "ar": "بيت"}
    assert (image.focal_x, image.focal_y) == (0.25, 1.0)
    assert about(visiting("viewer"), project, image, body).status_code == 403
    stranger = visiting("editor", within=WorkspaceFactory())
    assert about(stranger, project, image, body).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"focal": [0.5]}, "/focal"),
        ({"focal": [0.5, 1.5]}, "/focal"),
        ({"focal": [True, 0]}, "/focal"),
        ({"focal": {"x": 0}}, "/focal"),
        ({"alts": ["A house"]}, "/alt"),
        ({"alts": {"xx": "A house"}}, "/alt/xx"),
        ({"alts": {"en": 1}}, "/alt/en"),
        ({"alts": {"en": "x" * 501}, "focal": [0, 0]}, "/alt/en"),
    ],
)
def test_what_is_wrong_of_a_picture_is_said_and_nothing_changed(
    editor, project, photo, body, pointer
):
    upload(editor, project, photo)
    image = Image.objects.get()
    answer = about(editor, project, image, body)
    assert answer.status_code == 422
    assert pointers(answer) == [pointer]
    image.refresh_from_db()
    assert (image.alt, image.focal_x, image.focal_y) == ({}, 0.5, 0.5)
