"""The files that pictures are shown as: what is made, made once, and mended."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as Pillow

from accounts import checking
from builder import tasks
from builder.images import encoding, keeping, library, making
from builder.images.showing import thumbnail
from builder.models import Image, ImageRendition
from tests.builder import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """Published files, and pictures, are kept in a folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "releases": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


def files(image):
    return {(file.format, file.width): file for file in image.renditions.exclude(format="master")}


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (100, (100,)),
        (320, (320,)),
        (321, (320, 321)),
        (1000, (320, 640, 960, 1000)),
        (1919, (320, 640, 960, 1280, 1919)),
        (4000, (320, 640, 960, 1280, 1920)),
    ],
)
def test_no_file_is_wider_than_the_picture(width, widths):
    assert encoding.widths_of(width) == widths


def test_a_photo_becomes_files_of_three_formats(workspace):
    image = pictures.uploaded(workspace, pictures.jpeg(1000, 500))
    assert making.make(image=image) == 11  # the thumbnail was made when it was uploaded
    found = files(image)
    widths = (320, 640, 960, 1000)
    assert set(found) == {(kind, width) for kind in ("avif", "webp", "jpeg") for width in widths}
    for (kind, width), file in found.items():
        pixels = Pillow.open(io.BytesIO(keeping.content(file)))
        assert (pixels.format.lower(), pixels.size) == (kind, (width, round(width / 2)))
        assert (file.content_type, file.size) == (f"image/{kind}", len(keeping.content(file)))
    image.refresh_from_db()
    assert image.rendered_at is not None


def test_what_shows_through_still_does(workspace):
    image = pictures.uploaded(workspace, pictures.transparent(), filename="a.png")
    making.make(image=image)
    assert {kind for kind, _width in files(image)} == {"avif", "webp", "png"}
    for file in files(image).values():
        pixels = Pillow.open(io.BytesIO(keeping.content(file))).convert("RGBA")
        least, most = pixels.getchannel("A").getextrema()
        assert least < 10
        assert most > 245


def test_an_avif_is_clearly_smaller_than_a_jpeg_that_is_as_good(workspace):
    original = pictures.photo(1280, 853)
    pixels = pictures.blurred(original)
    jpegs = [
        (len(body), pictures.distance(pixels, Pillow.open(io.BytesIO(body))))
        for body in (pictures.as_file(pixels, quality=q) for q in range(40, 96, 4))
    ]
    wanted = {("avif", 1280), ("jpeg", 1280), ("webp", 1280)}
    made = {file.format: file.body for file in encoding.rendered(pixels, wanted)}
    ours = pictures.distance(pixels, Pillow.open(io.BytesIO(made["avif"])))
    as_good = min(size for size, quality in jpegs if quality >= ours)
    assert len(made["avif"]) < 0.8 * as_good
    assert len(made["avif"]) < 0.75 * len(made["jpeg"])
    assert len(made["webp"]) < len(made["jpeg"])


def test_making_twice_is_making_once(workspace):
    image = pictures.uploaded(workspace)
    assert making.make(image=image) > 0
    before = {key: file.pk for key, file in files(image).items()}
    assert making.make(image=image) == 0
    assert tasks.render_image(str(image.pk)) == 0
    assert {key: file.pk for key, file in files(image).items()} == before
    assert tasks.render_image("01a1ffdc-1b76-7732-9166-2ef3e7ec5fb2") == 0


def test_who_is_killed_half_way_goes_on_where_he_stopped(workspace, monkeypatch):
    image = pictures.uploaded(workspace, pictures.jpeg(1000, 500))
    real, kept = keeping.keep, []

    def killed(**given):
        if len(kept) == 5:
            raise SystemExit
        kept.append(given)
        return real(**given)

    monkeypatch.setattr(keeping, "keep", killed)
    with pytest.raises(SystemExit):
        making.make(image=image)
    image.refresh_from_db()
    assert image.rendered_at is None
    there = {key: file.pk for key, file in files(image).items()}
    assert len(there) == 6
    monkeypatch.setattr(keeping, "keep", real)
    later = timezone.now() + datetime.timedelta(minutes=6)
    assert making.make_due(now=timezone.now()) == 0
    assert making.make_due(now=later) == 1
    found = {key: file.pk for key, file in files(image).items()}
    assert len(found) == 12
    assert there.items() <= found.items()
    assert making.make_due(now=later) == 0


def test_a_job_is_asked_for_once_the_upload_is_committed(
    workspace, django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr(
        library.current_app, "send_task", lambda name, given, **_more: sent.append((name, given))
    )
    with django_capture_on_commit_callbacks(execute=True):
        image = pictures.uploaded(workspace)
        assert sent == []
    assert sent == [("builder.tasks.render_image", [str(image.pk)])]


def test_without_a_broker_an_upload_is_taken_in(
    workspace, django_capture_on_commit_callbacks, monkeypatch
):
    def away(*_given, **_more):
        raise ConnectionError

    monkeypatch.setattr(library.current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        image = pictures.uploaded(workspace)
    assert Image.objects.unfinished().get() == image


def test_bytes_are_kept_where_published_files_are(workspace, folder):
    image = pictures.uploaded(workspace, pictures.jpeg(400, 300))
    making.make(image=image)
    for file in image.renditions.all():
        assert (folder / file.stored_as).read_bytes() == keeping.content(file)
        assert file.body is None
    # What pictures have in the storage is not swept away with what nothing has.
    stray = folder / workspace.pk.hex / "aa" / "stray"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"left by a rollback")
    from builder import releases

    assert releases.sweep(now=timezone.now() + datetime.timedelta(days=2)) == 1
    assert all(keeping.content(file) for file in image.renditions.all())


def test_a_picture_that_goes_takes_its_files_along(
    workspace, folder, django_capture_on_commit_callbacks
):
    image = pictures.uploaded(workspace, pictures.jpeg(400, 300))
    making.make(image=image)
    paths = [folder / file.stored_as for file in image.renditions.all()]
    with django_capture_on_commit_callbacks(execute=True):
        library.remove(image=image)
    assert not any(path.exists() for path in paths)
    assert not ImageRendition.objects.exists()


def test_what_the_storage_has_lost_is_made_anew(workspace, folder):
    image = pictures.uploaded(workspace, pictures.jpeg(400, 300))
    making.make(image=image)
    lost = files(image)["jpeg", 320]
    (folder / lost.stored_as).unlink()
    assert making.make(image=image) == 1
    assert keeping.content(files(image)["jpeg", 320])


def test_a_lost_master_is_found_and_mended_by_the_same_upload(workspace, folder):
    name = "builder.picture_has_its_master"
    body = pictures.jpeg(400, 300)
    image = pictures.uploaded(workspace, body)
    ((_check, found),) = checking.run([name])
    assert list(found) == []
    (folder / making.master_of(image).stored_as).unlink()
    ((_check, found),) = checking.run([name])
    assert [finding.key for finding in found] == [str(image.pk)]
    assert making.make(image=image) == 0
    assert pictures.uploaded(workspace, body) == image
    ((_check, found),) = checking.run([name])
    assert list(found) == []
    assert making.make(image=image) > 0


def test_a_picture_without_any_master_is_found(workspace):
    image = pictures.uploaded(workspace)
    image.renditions.filter(format="master").delete()
    ((_check, found),) = checking.run(["builder.picture_has_its_master"])
    assert [finding.key for finding in found] == [str(image.pk)]


def test_a_thumbnail_is_there_before_the_job(workspace):
    image = pictures.uploaded(workspace, pictures.jpeg(1000, 500))
    first = thumbnail(image, width=320, accepted="image/avif,image/webp,*/*")
    assert first.content_type == "image/webp"
    making.make(image=image)
    for width, accepted, kind, size in (
        (320, "image/avif,image/webp,*/*", "AVIF", 320),
        (300, "*/*", "WEBP", 320),
        (700, "image/webp", "WEBP", 960),
        (4000, "image/avif", "AVIF", 1000),
    ):
        found = thumbnail(image, width=width, accepted=accepted)
        pixels = Pillow.open(io.BytesIO(found.body))
        assert (pixels.format, pixels.width) == (kind, size), (width, accepted)


def test_the_check_of_data_knows_pictures(capsys):
    call_command("check_data", "--list")
    assert "builder.picture_has_its_master" in capsys.readouterr().out
