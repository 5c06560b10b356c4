"""How different two colours look: CIEDE2000, from 0 (the same) to about 100 (black and white).

Formula: Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes,
Supplementary Test Data, and Mathematical Observations" (2005), with kL = kC = kH = 1.
"""

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Lab = tuple[float, float, float]
# D65, of two degrees.
_WHITE = (0.95047, 1.0, 1.08883)


def difference(one: str, other: str) -> float:
    """The difference of two colours (#rrggbb)."""
    return lab_difference(lab(one), lab(other))


def lab(color: str) -> Lab:
    """CIE L*a*b* (D65) of an sRGB colour (#rrggbb)."""
    channels = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    tristimulus = (
        0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
    )
    x, y, z = (
        each ** (1 / 3) if each > 216 / 24389 else (24389 / 27 * each + 16) / 116
        for each in (value / white for value, white in zip(tristimulus, _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def lab_difference(one: Lab, other: Lab) -> float:
    """The difference of two colours given as L*, a*, b*."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = (degrees(atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    turn, hue = _hues(h1, h2, grey=c1 * c2 == 0)
    d_hue = 2 * sqrt(c1 * c2) * sin(radians(turn) / 2)
    s_lightness = 1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * _by_hue(hue)
    rotation = sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    rotation *= -2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    by_light, by_chroma, by_hue = (l2 - l1) / s_lightness, (c2 - c1) / s_chroma, d_hue / s_hue
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)


def _hues(h1: float, h2: float, *, grey: bool) -> tuple[float, float]:
    """The way from one hue to the other, and the one between them, in degrees."""
    if grey:
        return 0.0, h1 + h2
    turn = h2 - h1
    if abs(turn) <= 180:
        return turn, (h1 + h2) / 2
    middle = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    return turn - 360 if turn > 0 else turn + 360, middle


def _by_hue(hue: float) -> float:
    return (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
