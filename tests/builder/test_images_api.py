"""Pictures over the API: uploaded, described, shown to members, deleted when nothing shows them."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from accounts.tenancy import tenant
from builder import documents, publishing, structure
from builder.api import examples
from builder.images import library, making
from builder.models import Image, ImageRendition, Project, Wireframe
from tests.builder import pictures
from tests.builder.factories import CollaboratorFactory
from tests.factories import MembershipFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

API = "/api/v1/images/"
NOBODYS = "01a1ffdc-1b76-7732-9166-2ef3e7ec5fb2"


def sent(body=None, name="house.jpg", **more):
    file = SimpleUploadedFile(name, pictures.jpeg(700, 500) if body is None else body)
    return {"file": file, **more}


def upload(api, *args, **kwargs):
    return api.post(API, sent(*args, **kwargs), format="multipart")


def test_an_upload_is_answered_with_the_picture(api, user, project):
    answer = upload(api, alt=json.dumps({"ar": "بيت"}), project=str(project.pk))
    assert answer.status_code == 201, answer.json()
    told = answer.json()
    image = Image.objects.get(pk=told["id"])
    assert image.workspace == project.workspace
    assert (told["name"], told["alt"], told["project"]) == ("house", {"ar": "بيت"}, str(project.pk))
    assert (told["width"], told["height"], told["has_alpha"]) == (700, 500, False)
    assert (told["uploaded_by"], told["rendered_at"]) == (str(user.pk), None)
    assert api.get(f"{API}{image.pk}/").json() == told
    (listed,) = api.get(API, {"project": str(project.pk)}).json()["results"]
    assert listed == told


def test_the_same_file_again_is_200(api):
    body = pictures.jpeg(60, 40)
    first, again = upload(api, body), upload(api, body, name="other.jpg")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def refused(answer, status=400):
    assert answer.status_code == status, answer.content
    assert answer["content-type"] == "application/problem+json"
    assert not ImageRendition.objects.exists()
    (error,) = answer.json()["errors"]
    return error["pointer"], error["code"]


def test_bad_files_are_refused_at_the_field(api):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
    for body, name, code in (
        (svg, "logo.svg", "svg"),
        (b"not a picture", "a.png", "not_an_image"),
        (b"", "a.png", "empty"),
        (pictures.bomb(), "a.png", "too_many_pixels"),
        (pictures.jpeg(90, 60)[:700], "a.jpg", "damaged_image"),
        (pictures.jpeg(90, 60), "a.png", "wrong_extension"),
        (pictures.jpeg(90, 60) + b"<script>", "a.jpg", "disguised"),
    ):
        assert refused(upload(api, body, name)) == ("/file", code)
    assert not Image.objects.exists()


def test_what_is_sent_beside_the_file_is_checked(api, project):
    assert refused(api.post(API, {"name": "x"}, format="multipart")) == ("/file", "required")
    assert refused(upload(api, alt=json.dumps({"fr": "x"})))[0] == "/alt/fr"
    assert refused(upload(api, alt="{"))[0] == "/alt"
    elsewhere = WorkspaceFactory()
    theirs = Project.objects.create(
        workspace=elsewhere, owner=project.owner, name="Theirs", slug="theirs"
    )
    assert refused(upload(api, project=str(theirs.pk)))[0] == "/project"


def test_too_many_bytes_are_413(api, settings):
    settings.IMAGE_MAX_BYTES = 1_000
    assert refused(upload(api), 413) == ("/file", "payload_too_large")
    settings.IMAGE_MAX_BYTES = 30_000
    assert refused(upload(api, pictures.jpeg(2000, 1500)), 413)[0] == "/file"


def test_a_picture_is_described(api, workspace):
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    answer = api.patch(f"{API}{image.pk}/", examples.IMAGE, format="json")
    assert answer.status_code == 200, answer.json()
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y, image.name) == (0.3, 0.6, "The house from the sea")
    for body, pointer in (
        ({"focal_x": 1.2}, "/focal_x"),
        ({"focal_y": -0.1}, "/focal_y"),
        ({"name": ""}, "/name"),
        ({"alt": {"en": 5}}, "/alt/en"),
    ):
        answer = api.patch(f"{API}{image.pk}/", body, format="json")
        assert answer.status_code == 400
        assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_members_see_the_picture(api, workspace):
    image = pictures.uploaded(workspace)
    making.make(image=image)
    address = f"{API}{image.pk}/file/"
    answer = api.get(address, {"width": 320}, HTTP_ACCEPT="image/avif,image/webp,image/*,*/*")
    assert (answer.status_code, answer["content-type"]) == (200, "image/avif")
    assert Pillow.open(io.BytesIO(answer.content)).width == 320
    assert answer["x-content-type-options"] == "nosniff"
    assert answer["cache-control"] == "private, no-cache"
    again = api.get(
        address, {"width": 320}, HTTP_ACCEPT="image/avif", HTTP_IF_NONE_MATCH=answer["etag"]
    )
    assert (again.status_code, again.content) == (304, b"")
    assert api.get(address, HTTP_ACCEPT="image/*")["content-type"] == "image/webp"
    for width in ("0", "x", "99999999", "-1"):
        assert api.get(address, {"width": width}).status_code == 400


def test_a_picture_whose_bytes_are_gone_is_404(api, workspace):
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    image.renditions.all().delete()
    assert api.get(f"{API}{image.pk}/file/").status_code == 404


def test_a_strangers_picture_is_not_found(api):
    theirs = pictures.uploaded(WorkspaceFactory(), pictures.jpeg(60, 40))
    address = f"{API}{theirs.pk}/"
    answers = [
        api.get(address),
        api.get(f"{address}file/"),
        api.patch(address, {"name": "mine"}, format="json"),
        api.delete(address),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert api.get(API).json()["results"] == []
    assert Image.objects.get().name == "house"


def test_the_database_itself_keeps_pictures_apart(workspace):
    mine = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    theirs = pictures.uploaded(WorkspaceFactory(), pictures.jpeg(60, 40))
    with tenant(workspace_id=workspace.pk, role="editor"):
        assert list(Image.objects.all()) == [mine]
        assert {each.image_id for each in ImageRendition.objects.all()} == {mine.pk}
        assert Image.objects.filter(pk=theirs.pk).delete()[0] == 0


def test_readers_may_look_and_not_write(api, member, workspace):
    member.role = "viewer"
    member.save()
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    assert api.get(f"{API}{image.pk}/file/").status_code == 200
    assert upload(api).status_code == 403
    assert api.patch(f"{API}{image.pk}/", {"name": "x"}, format="json").status_code == 403
    assert api.delete(f"{API}{image.pk}/").status_code == 403


def layout_with(image_id):
    hero = {"id": "hero", "variant": "plain", "title": "x", "picture": {"image": str(image_id)}}
    return {"root": {"props": {}}, "content": [{"type": "Hero", "props": hero}], "zones": {}}


def test_a_layout_names_pictures_that_there_are(api, project, workspace):
    page = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    address = f"/api/v1/wireframes/{page.pk}/"
    theirs = pictures.uploaded(WorkspaceFactory(), pictures.jpeg(60, 40))
    for unknown in (NOBODYS, theirs.pk):
        answer = api.patch(address, {"layout": layout_with(unknown)}, format="json")
        (error,) = answer.json()["errors"]
        assert answer.status_code == 400
        assert error["pointer"] == "/layout/content/0/props/picture/image"
        assert error["code"] == "unknown_image"
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    good = layout_with(image.pk)
    assert api.patch(address, {"layout": good}, format="json").status_code == 200
    words = {"ar": {"hero": {"picture": {"image": NOBODYS}}}}
    good["root"]["props"]["translations"] = words
    (error,) = api.patch(address, {"layout": good}, format="json").json()["errors"]
    assert error["pointer"] == "/layout/root/props/translations/ar/hero/picture/image"


def test_an_id_that_is_none_is_a_fault_of_the_prop(api, project):
    page = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    for wrong in ("x", NOBODYS.upper(), f"{NOBODYS}\n", 5):
        layout = layout_with(NOBODYS)
        layout["content"][0]["props"]["picture"]["image"] = wrong
        answer = api.patch(f"/api/v1/wireframes/{page.pk}/", {"layout": layout}, format="json")
        (error,) = answer.json()["errors"]
        assert error["pointer"] == "/layout/content/0/props/picture/image", wrong


def test_a_layout_asks_once_for_all_of_its_pictures(workspace, django_assert_num_queries):
    images = [pictures.uploaded(workspace, pictures.jpeg(60 + n, 40)) for n in range(4)]
    layout = layout_with(images[0].pk)
    for n, image in enumerate(images[1:]):
        layout["content"].append(
            {"type": "CallToAction", "props": {
                "id": f"c{n}", "title": "x", "picture": {"image": str(image.pk)},
            }}
        )  # fmt: skip
    from builder.images.known import unknown

    # The scope of the owner is set and left around one look-up.
    with django_assert_num_queries(6):
        assert unknown(layout, workspace_id=workspace.pk) == []
    with django_assert_num_queries(0):
        assert unknown({"content": []}, workspace_id=workspace.pk) == []


def test_a_structure_names_pictures_that_there_are(api, workspace):
    document = json.loads(json.dumps(examples.STRUCTURE))
    document["wireframes"]["home"]["layout"] = layout_with(NOBODYS)
    answer = api.post("/api/v1/projects/structure/", document, format="json")
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/wireframes/home/layout/content/0/props/picture/image"
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    document["wireframes"]["home"]["layout"] = layout_with(image.pk)
    assert api.post("/api/v1/projects/structure/", document, format="json").status_code == 201
    assert structure.read(document, workspace_id=workspace.pk)


def test_a_guest_keeps_the_pictures_of_a_page_that_he_edits(project, workspace):
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    guest = MembershipFactory(role="editor")
    CollaboratorFactory(project=project, user=guest.user, role="editor")
    with tenant(workspace_id=guest.workspace.pk, user_id=guest.user.pk, role="editor"):
        assert not Image.objects.exists()
        layout = layout_with(image.pk)
        assert documents.layout_faults(layout, workspace_id=workspace.pk) == []
        Image.objects.filter(pk=image.pk).update(name="mine")
    Image.objects.filter(pk=image.pk).update(project=project)
    with tenant(workspace_id=guest.workspace.pk, user_id=guest.user.pk, role="editor"):
        assert Image.objects.get().name == "house"
        assert ImageRendition.objects.filter(image=image).exists()
        assert Image.objects.filter(pk=image.pk).update(name="mine") == 0


def test_what_is_in_use_is_409_and_says_where(api, project, workspace):
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    page = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    page.layout = layout_with(image.pk)
    documents.save_wireframe(wireframe=page)
    publishing.publish(project=project, user=None)
    answer = api.delete(f"{API}{image.pk}/")
    assert answer.status_code == 409
    told = answer.json()["errors"]
    assert [each["code"] for each in told] == ["used_by_document", "used_by_release"]
    assert all(project.name in each["detail"] for each in told)
    free = pictures.uploaded(workspace, pictures.jpeg(61, 40))
    assert api.delete(f"{API}{free.pk}/").status_code == 204
    assert list(Image.objects.all()) == [image]


def test_a_binned_projects_pictures_stay(workspace, project):
    from django.utils import timezone

    from builder import trash

    image = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    page = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    page.layout = layout_with(image.pk)
    documents.save_wireframe(wireframe=page)
    trash.put(project=project, by=project.owner, now=timezone.now())
    with (
        tenant(workspace_id=workspace.pk, role="owner"),
        pytest.raises(library.ImageInUseError, match="in the bin"),
    ):
        library.remove(image=image)
