"""Pictures for tests, drawn here: photographs, transparent ones, and files that are none."""

import io
import struct
import zlib

from PIL import Image, ImageChops, ImageCms, ImageFilter

from builder.images import library


def photo(width=1200, height=800):
    """Something with a photograph's statistics: soft shapes, edges and grain."""
    small = Image.effect_noise((width // 40 + 1, height // 40 + 1), 90)
    shapes = small.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), 12)
    light = ImageChops.add(shapes, grain, scale=2)
    warm = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (light, ImageChops.multiply(light, warm), ImageChops.invert(light)))


def as_file(pixels, kind="JPEG", **options):
    target = io.BytesIO()
    pixels.save(target, kind, **options)
    return target.getvalue()


def jpeg(width=1200, height=800, **options):
    return as_file(photo(width, height), quality=88, **options)


def transparent(width=400, height=300):
    pixels = photo(width, height).convert("RGBA")
    pixels.putalpha(Image.linear_gradient("L").resize((width, height)))
    return as_file(pixels, "PNG")


def quarters(width=400, height=200):
    """Red and green above blue and white: whoever turns it is told."""
    pixels = Image.new("RGB", (width, height), "white")
    half = (width // 2, height // 2)
    for place, color in {(0, 0): "red", (half[0], 0): "lime", (0, half[1]): "blue"}.items():
        pixels.paste(color, (*place, place[0] + half[0], place[1] + half[1]))
    return pixels


def exif(**named):
    """Metadata with an orientation and the place where the picture was taken."""
    data = Image.Exif()
    data[0x0112] = named.get("orientation", 1)
    data[0x010F] = "A maker of cameras"
    data.get_ifd(0x8825).update({1: "N", 2: (24.0, 42.0, 0.0), 3: "E", 4: (46.0, 43.0, 0.0)})
    return data


def wide_gamut():
    """A profile that is not sRGB: its red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    table = bytearray(profile)
    offset = {}
    for index in range(struct.unpack(">I", profile[128:132])[0]):
        name, place, size = struct.unpack(">4sII", profile[132 + index * 12 : 144 + index * 12])
        offset[name] = (place, size, 132 + index * 12)
    (_r, _rs, red), (_g, _gs, green) = offset[b"rXYZ"], offset[b"gXYZ"]
    table[red : red + 4], table[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(table)


def bomb(width=30_000, height=30_000):
    """A PNG that says it has 900 million pixels, in a few bytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(
            ">I", zlib.crc32(kind + body)
        )  # fmt: skip

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def uploaded(workspace, body=None, *, filename="house.jpg", **more):
    """A picture of the workspace."""
    found, _is_new = library.upload(
        workspace_id=workspace.pk,
        file=io.BytesIO(jpeg() if body is None else body),
        filename=filename,
        **more,
    )
    return found


def distance(one, other):
    """PSNR of two pictures' lightness, in dB: more is nearer."""
    import math

    from PIL import ImageStat

    found = ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L")))
    return 10 * math.log10(255**2 / max(found.sum2[0] / found.count[0], 1e-9))


def blurred(pixels):
    return pixels.filter(ImageFilter.GaussianBlur(1))
