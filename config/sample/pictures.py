"""Pictures of the sample's sites: drawn here, since a photograph would be somebody's."""

import io
from typing import TYPE_CHECKING, Final, NamedTuple

from builder.images import library
from builder.models import Image, ImageRendition
from config.sample.story import Story, count

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

_SIZE: Final = (1600, 1000)


class _Scene(NamedTuple):
    """Sky, ground and what stands there (a colour, and a disc's middle and radius)."""

    name: str
    en: str
    ar: str
    sky: str
    ground: str
    disc: str
    place: tuple[int, int, int]


_SCENES: Final = (
    _Scene(
        "Dunes at noon", "Sand dunes under a white sun", "كثبان رملية تحت شمس بيضاء",
        "#d9e4e6", "#c89f6a", "#fff6df", (1180, 260, 120),
    ),
    _Scene(
        "Cup from above", "A cup of coffee on a green table", "فنجان قهوة على طاولة خضراء",
        "#3f5a4c", "#33493e", "#4a2b1a", (800, 500, 300),
    ),
    _Scene(
        "Evening", "The sun goes down behind a plain", "الشمس تغرب خلف سهل",
        "#e9a66b", "#5b3a3f", "#d8552f", (520, 590, 210),
    ),
)  # fmt: skip


def fill(story: Story) -> dict[str, int]:
    """Three pictures of the project, described in both languages."""
    for scene in _SCENES:
        file = io.BytesIO()
        _drawn(scene).save(file, "PNG")
        file.seek(0)
        image, _is_new = library.upload(
            workspace_id=story.workspace.pk,
            project=story.project,
            file=file,
            filename="picture.png",
            name=scene.name,
            alt={"en": scene.en, "ar": scene.ar},
            user=story.team.writer,
        )
        across, down, _radius = scene.place
        focus = {"focal_x": across / _SIZE[0], "focal_y": down / _SIZE[1]}
        library.change(image=image, changes=focus)
    return count({}, story, Image, ImageRendition)


def _drawn(scene: _Scene) -> "Pixels":
    from PIL import Image as Pillow
    from PIL import ImageDraw, ImageFilter

    width, height = _SIZE
    picture = Pillow.new("RGB", _SIZE, scene.sky)
    pen = ImageDraw.Draw(picture)
    x, y, radius = scene.place
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=scene.disc)
    pen.polygon([(0, 700), (500, 600), (1100, 720), (width, 610), (width, height), (0, height)],
                fill=scene.ground)  # fmt: skip
    return picture.filter(ImageFilter.GaussianBlur(2))
