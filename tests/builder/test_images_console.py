"""Pictures in the console."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from builder import documents
from builder.images import making
from builder.models import Image, Wireframe
from tests.builder import pictures
from tests.builder.test_images_api import layout_with
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def console(client, workspace):
    owner = MembershipFactory(workspace=workspace, role="owner", user=UserFactory(is_staff=True))
    client.force_login(owner.user)
    return client


def at(name, *args):
    return reverse(f"admin:builder_image_{name}", args=args)


def upload(console, body=None, **more):
    file = SimpleUploadedFile("house.jpg", pictures.jpeg(700, 500) if body is None else body)
    return console.post(at("add"), {"file": file, **more})


def test_a_picture_is_uploaded(console, project):
    answer = upload(console, name="The house", project=str(project.pk), alt_ar="بيت", alt_en="")
    assert answer.status_code == 302, answer.context["errors"]
    image = Image.objects.get()
    assert (image.name, image.project, image.alt) == ("The house", project, {"ar": "بيت"})
    assert image.uploaded_by is not None


def test_a_file_that_is_none_is_told_beside_the_field(console):
    page = upload(console, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert page.status_code == 200
    assert "Export it as a PNG" in str(page.context["adminform"].form.errors["file"])
    assert not Image.objects.exists()


def test_a_picture_is_described_and_looked_at(console, workspace):
    image = pictures.uploaded(workspace, alt={"en": "A house"})
    making.make(image=image)
    page = console.get(at("change", image.pk))
    assert f"{at('file', image.pk)}?width=960" in page.content.decode()
    values = {"name": "B", "alt_en": "", "alt_ar": "بيت", "focal_x": "0.25", "focal_y": "1"}
    values |= {f"renditions-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    answer = console.post(at("change", image.pk), values)
    assert answer.status_code == 302, answer.context["errors"]
    image.refresh_from_db()
    assert (image.name, image.alt, image.focal_x) == ("B", {"ar": "بيت"}, 0.25)
    page = console.post(at("change", image.pk), {**values, "focal_x": "1.5"})
    assert page.status_code == 200
    assert "focal_x" in page.context["adminform"].form.errors


def test_a_thumbnail_is_shown_to_members_only(console, workspace):
    image = pictures.uploaded(workspace)
    answer = console.get(at("file", image.pk), {"width": "320"})
    assert answer["content-type"] == "image/webp"
    assert Pillow.open(io.BytesIO(answer.content)).width == 320
    known = console.get(at("file", image.pk), HTTP_IF_NONE_MATCH=answer["etag"])
    assert known.status_code == 304
    assert at("file", image.pk) in console.get(at("changelist")).content.decode()
    theirs = pictures.uploaded(WorkspaceFactory())
    assert console.get(at("file", theirs.pk)).status_code == 404


def test_what_is_in_use_is_not_deleted(console, project, workspace):
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    page = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    page.layout = layout_with(image.pk)
    documents.save_wireframe(wireframe=page)
    asked = console.get(at("delete", image.pk))
    assert "shows it" in asked.content.decode()
    console.post(at("delete", image.pk), {"post": "yes"})
    assert Image.objects.exists()
    page.layout = layout_with(pictures.uploaded(workspace, pictures.jpeg(61, 40)).pk)
    documents.save_wireframe(wireframe=page)
    assert console.post(at("delete", image.pk), {"post": "yes"}).status_code == 302
    assert not Image.objects.filter(pk=image.pk).exists()


def test_a_superuser_says_which_project(client, project):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = upload(client)
    assert page.status_code == 200
    assert "project" in page.context["adminform"].form.errors
    assert upload(client, project=str(project.pk)).status_code == 302
    assert Image.objects.get().workspace == project.workspace
