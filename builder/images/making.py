"""Makes the files of pictures from their masters: by a job, and at the latest when publishing.

Each file is a row, written as soon as it is made; what is there is not made again. So a job that
was killed half-way is taken up where it stopped, by the next that comes along.
"""

import datetime
import io
from typing import TYPE_CHECKING, Final

import structlog
from django.utils import timezone

from builder.images import keeping
from builder.images.encoding import WIDTHS, Format, formats_of, rendered, widths_of
from builder.models import Image, ImageRendition
from builder.storing import StorageAwayError

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

log = structlog.get_logger(__name__)

# An upload's own job has had time to be done; of pictures that it lost, so many in a run.
_LATE: Final = datetime.timedelta(minutes=5)
_AT_MOST: Final = 20
# A picture whose files cannot be made is not tried for ever.
_GIVEN_UP: Final = datetime.timedelta(days=2)


def wanted(image: Image) -> set[tuple[str, int]]:
    """Format and width of each file that visitors may be shown of a picture."""
    formats = formats_of(has_alpha=image.has_alpha)
    return {(kind, width) for kind in formats for width in widths_of(image.width)}


def make(*, image: Image) -> int:
    """Make what files the picture lacks; returns how many. Twice, or two at once, is once.

    Without its master nothing can be made. Raises `storing.StorageAwayError`.
    """
    files = list(image.renditions.defer(*keeping.LIGHT))
    lost = keeping.gone(file for file in files if file.format != Format.MASTER)
    keeping.drop(lost)
    there = {(file.format, file.width) for file in files if file not in lost}
    lacking = wanted(image) - there
    made = 0
    if lacking:
        pixels = _decoded(image, widest=max(width for _kind, width in lacking))
        if pixels is None:
            return 0
        for file in rendered(pixels, lacking):
            keeping.keep(image=image, file=file)
            made += 1
    if image.rendered_at is None:
        image.rendered_at = timezone.now()
        Image.objects.filter(pk=image.pk).update(rendered_at=image.rendered_at)
    log.info("image.rendered", image_id=str(image.pk), files=made)
    return made


def make_due(*, now: datetime.datetime) -> int:
    """Take up what jobs have left unfinished; returns how many pictures are ready now."""
    late = Image.objects.unfinished().filter(
        created_at__lt=now - _LATE, created_at__gt=now - _GIVEN_UP
    )
    ready = 0
    for image in late.order_by("created_at")[:_AT_MOST]:
        try:
            make(image=image)
        except StorageAwayError:
            break
        except (OSError, ValueError, MemoryError) as error:
            log.warning("image.not_rendered", image_id=str(image.pk), error=type(error).__name__)
        ready += image.rendered_at is not None
    return ready


def master_of(image: Image) -> ImageRendition | None:
    """The picture's master copy, with its bytes where the database has them."""
    return image.renditions.filter(format=Format.MASTER).first()


def _decoded(image: Image, *, widest: int) -> "Pixels | None":
    """The master, no larger than is needed; None where it is gone."""
    from PIL import Image as Pillow

    file = master_of(image)
    body = keeping.content(file) if file is not None else None
    if body is None:
        log.warning("image.gone", image_id=str(image.pk))
        return None
    source = Pillow.open(io.BytesIO(body), formats=("JPEG", "PNG"))
    least = min(widest, WIDTHS[-1])
    source.draft(None, (least, max(1, round(least * image.height / image.width))))
    source.load()
    return source
