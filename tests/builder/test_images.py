"""What becomes of a file that somebody uploads."""

import io
import threading
import zipfile

import pytest
from django.db import connections
from PIL import Image as Pillow

from builder.images import decoding, keeping, library, making
from builder.images.refusals import ImageError, ImageTooLargeError
from builder.models import Image, ImageRendition
from tests.builder import pictures
from tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


def master(image):
    return Pillow.open(io.BytesIO(keeping.content(making.master_of(image))))


def refused(workspace, body, filename="house.jpg"):
    """The code of the fault, which says what to do; nothing was kept."""
    with pytest.raises(ImageError) as caught:
        pictures.uploaded(workspace, body, filename=filename)
    assert not Image.objects.exists()
    assert not ImageRendition.objects.exists()
    (fault,) = caught.value.faults
    assert fault.pointer == "/file"
    assert fault.detail
    return fault.code


@pytest.mark.parametrize(
    ("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif")]
)
def test_a_picture_is_taken_in(workspace, user, kind, ending):
    body = pictures.as_file(pictures.photo(300, 200), kind)
    image = pictures.uploaded(workspace, body, filename=f"The sea.{ending}", user=user)
    assert (image.name, image.width, image.height) == ("The sea", 300, 200)
    assert (image.content_type, image.size) == (f"image/{kind.lower()}", len(body))
    assert (image.has_alpha, image.uploaded_by, image.rendered_at) == (False, user, None)
    assert (image.focal_x, image.focal_y) == (0.5, 0.5)
    assert {file.format for file in image.renditions.all()} == {"master", "webp"}


def test_of_moving_pictures_the_first_is_taken(workspace):
    frames = [Pillow.new("RGB", (40, 30), color) for color in ("red", "blue")]
    body = pictures.as_file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    kept = master(pictures.uploaded(workspace, body, filename="flag.gif"))
    red, _green, blue = kept.convert("RGB").getpixel((20, 15))
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_kept_upright(workspace, orientation):
    upright = pictures.quarters()
    # How a camera that is held so would have written it down.
    turn = {
        1: None, 2: Pillow.Transpose.FLIP_LEFT_RIGHT, 3: Pillow.Transpose.ROTATE_180,
        4: Pillow.Transpose.FLIP_TOP_BOTTOM, 5: Pillow.Transpose.TRANSPOSE,
        6: Pillow.Transpose.ROTATE_90, 7: Pillow.Transpose.TRANSVERSE,
        8: Pillow.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    taken = upright if turn is None else upright.transpose(turn)
    body = pictures.as_file(taken, quality=95, exif=pictures.exif(orientation=orientation))
    image = pictures.uploaded(workspace, body)
    assert (image.width, image.height) == upright.size
    assert pictures.distance(master(image), upright) > 30
    corner = master(image).getpixel((20, 20))
    assert corner[0] > 200
    assert max(corner[1:]) < 60


def test_nothing_is_told_of_where_a_picture_was_taken(workspace):
    body = pictures.as_file(
        pictures.photo(400, 300), exif=pictures.exif(), comment=b"by Salma", dpi=(300, 300)
    )
    assert b"A maker of cameras" in body
    image = pictures.uploaded(workspace, body)
    making.make(image=image)
    for file in image.renditions.all():
        content = keeping.content(file)
        kept = Pillow.open(io.BytesIO(content))
        assert not dict(kept.getexif()), file
        assert b"maker of cameras" not in content
        assert b"Salma" not in content
        assert "icc_profile" not in kept.info


def test_colours_of_a_profile_become_those_of_browsers(workspace):
    pixels = Pillow.new("RGB", (60, 40), (250, 20, 20))
    body = pictures.as_file(pixels, "PNG", icc_profile=pictures.wide_gamut())
    red, green, _blue = master(pictures.uploaded(workspace, body, filename="a.png")).getpixel(
        (9, 9)
    )
    assert green > red + 100


@pytest.mark.parametrize(
    ("mode", "has_alpha"),
    [("L", False), ("LA", True), ("P", False), ("CMYK", False), ("I;16", False), ("1", False)],
)
def test_pictures_of_every_mode_are_read(workspace, mode, has_alpha):
    if mode == "I;16":
        pixels = Pillow.new("I;16", (50, 40), 40_000)
    elif mode == "LA":
        pixels = Pillow.new("LA", (50, 40), (150, 90))
    else:
        pixels = pictures.photo(50, 40).convert(mode)
    kind, name = ("JPEG", "a.jpg") if mode == "CMYK" else ("PNG", "a.png")
    image = pictures.uploaded(workspace, pictures.as_file(pixels, kind), filename=name)
    assert image.has_alpha is has_alpha
    assert master(image).mode == ("RGBA" if has_alpha else "RGB")
    if mode == "I;16":
        assert abs(master(image).getpixel((5, 5))[0] - 40_000 // 256) < 3


def test_a_picture_that_hides_nothing_has_no_transparency(workspace):
    pixels = pictures.photo(60, 40).convert("RGBA")
    image = pictures.uploaded(workspace, pictures.as_file(pixels, "PNG"), filename="a.png")
    assert image.has_alpha is False


def test_a_large_picture_is_kept_smaller(workspace):
    body = pictures.as_file(Pillow.new("RGB", (6000, 3000), "teal"), quality=60)
    image = pictures.uploaded(workspace, body)
    assert (image.width, image.height) == (4096, 2048)
    assert master(image).size == (4096, 2048)


def test_what_is_no_picture_is_refused_with_what_to_do(workspace):
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    assert refused(workspace, svg, "logo.svg") == "svg"
    assert refused(workspace, svg, "logo.png") == "svg"
    assert refused(workspace, b"", "a.jpg") == "empty"
    assert refused(workspace, b"hello, this is text", "a.jpg") == "not_an_image"
    assert refused(workspace, b"%PDF-1.7 ...", "a.jpg") == "not_an_image"
    assert refused(workspace, b"BM" + b"\0" * 200, "a.bmp") == "not_an_image"
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100
    assert refused(workspace, heic, "IMG_1.HEIC") == "unsupported_format"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_what_is_cut_off_is_refused(workspace, kind, share):
    body = pictures.as_file(pictures.photo(300, 200), kind)
    cut = body[: int(len(body) * share)]
    assert refused(workspace, cut, "") in {"damaged_image", "not_an_image"}


def test_a_bomb_is_refused_before_it_goes_off(workspace):
    body = pictures.bomb()
    assert len(body) < 1000
    assert refused(workspace, body, "bomb.png") == "too_many_pixels"


def test_a_picture_that_is_something_else_too_is_refused(workspace):
    body = pictures.jpeg(60, 40)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("run.class", "x")
    assert refused(workspace, body + archive.getvalue()) == "disguised"
    assert refused(workspace, body + b"<script>alert(1)</script>") == "disguised"
    assert refused(workspace, body + b"<?php system(1);") == "disguised"
    gif = pictures.as_file(Pillow.new("P", (9, 9)), "GIF")
    assert refused(workspace, gif + b"<HTML ><body>", "a.gif") == "disguised"
    hidden = pictures.as_file(pictures.photo(60, 40), comment=b"%PDF-1.4 1 0 obj")
    assert refused(workspace, hidden) == "disguised"


def test_what_follows_a_picture_is_not_kept(workspace):
    """Phones put a film behind a photo: that is taken in, and the film is not."""
    image = pictures.uploaded(workspace, pictures.jpeg(60, 40) + b"ftypmp42 a film" * 50)
    assert b"a film" not in keeping.content(making.master_of(image))


def test_a_name_that_says_another_format_is_refused(workspace):
    body = pictures.jpeg(60, 40)
    assert refused(workspace, body, "house.png") == "wrong_extension"
    assert refused(workspace, body, "house.php") == "wrong_extension"
    assert pictures.uploaded(workspace, body, filename="house.JPEG").name == "house"


def test_more_bytes_than_the_setting_are_refused(workspace, settings):
    settings.IMAGE_MAX_BYTES = 1_000
    with pytest.raises(ImageTooLargeError):
        pictures.uploaded(workspace, pictures.jpeg(200, 200))
    assert not Image.objects.exists()


def test_the_same_file_twice_is_one_picture(workspace):
    body = pictures.jpeg(60, 40)
    first = pictures.uploaded(workspace, body, name="A house")
    again, is_new = library.upload(
        workspace_id=workspace.pk, file=io.BytesIO(body), filename="copy.jpg"
    )
    assert (again, is_new, again.name) == (first, False, "A house")
    elsewhere = pictures.uploaded(WorkspaceFactory(), body)
    assert elsewhere != first


def test_alternative_texts_are_texts_by_language(workspace):
    for alt, pointer in (
        ({"fr": "mer"}, "/alt/fr"),
        ({"en": 5}, "/alt/en"),
        ({"en": "x" * 501}, "/alt/en"),
        ([], "/alt"),
    ):
        with pytest.raises(ImageError) as caught:
            pictures.uploaded(workspace, pictures.jpeg(30, 20), alt=alt)
        assert caught.value.faults[0].pointer == pointer
    assert pictures.uploaded(workspace, pictures.jpeg(30, 20), alt={"ar": "بحر"}).alt == {
        "ar": "بحر"
    }


def test_no_more_than_two_pictures_are_decoded_at_once(monkeypatch):
    running, most, lock = [], [], threading.Lock()
    real = decoding._decoded

    def slow(body, name):
        with lock:
            running.append(1)
            most.append(len(running))
        found = real(body, name)
        with lock:
            running.pop()
        return found

    monkeypatch.setattr(decoding, "_decoded", slow)
    body = pictures.jpeg(800, 600)

    def decode():
        with decoding.decoded(body):
            pass

    threads = [threading.Thread(target=decode) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 6
    assert max(most) <= 2


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_the_same_at_once_are_one_picture():
    workspace = WorkspaceFactory()
    body = pictures.jpeg(200, 150)
    found, start = [], threading.Barrier(2)

    def upload():
        start.wait()
        try:
            found.append(
                library.upload(workspace_id=workspace.pk, file=io.BytesIO(body), filename="a.jpg")
            )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=upload) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(is_new for _image, is_new in found) == [False, True]
    assert len({image.pk for image, _is_new in found}) == 1
    assert Image.objects.filter(workspace=workspace).count() == 1
