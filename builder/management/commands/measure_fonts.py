"""Measures the fonts of the library against the local ones that stand in for them."""

import base64
import json
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from builder import fonts
from builder.fonts.faces import local_fonts
from builder.fonts.library import Family

_CHROMIUM: Final = "/usr/bin/chromium"
# As sites speak, not as pangrams do, which have too many of the rare letters.
_TEXTS: Final = {
    "latin": "Houses that lean into the weather, and a weather report for your shelves. When it"
    " rises, coffee cools faster: we roast slowly, from growers we know by name. Tell us where the"
    " site is and what you hope to do there; one of us answers within a working day.",
    "arabic": "نحمّص قهوتنا على مهل ونكتب التاريخ على كل كيس، ومن زارنا في الصباح وجد فنجانه"
    " الأول على الطاولة الطويلة. قل لنا أين الأرض وماذا تحب أن تفعل في البيت، نردّ عليك خلال"
    " أسبوع. بيوت تصاحب الريح، ونشرة جوية لرفوفك، وثلاث قراءات كل ليلة.",
}
# Width of the text in a font, and how far its letters' boxes reach, at 100 px.
_MEASURE: Final = """async ([source, local, text, weight]) => {
  if (source) {
    const face = new FontFace("Measured", `url(${source})`, {weight: "1 999"});
    document.fonts.add(await face.load());
  }
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${weight} 100px ${source ? "Measured" : local}`;
  const found = context.measureText(text);
  return [found.width, found.fontBoundingBoxAscent, found.fontBoundingBoxDescent];
}"""


class Command(BaseCommand):
    """Writes into each font.json how its local fallback is to be set (needs the browser group)."""

    help = "Measure in Chromium how local fonts must be set to be as wide as the library's."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            raise CommandError("Install the browser group: uv sync --group browser") from None
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
            for family in fonts.families():
                found = {weight: _measured(browser, family, weight) for weight in _weights(family)}
                _write(family, found)
                self.stdout.write(f"{family.name}: {found}")
            browser.close()


def _weights(family: Family) -> list[str]:
    heaviest = max(file.heaviest for file in family.files)
    return ["400", "700"] if heaviest >= 600 else ["400"]


def _measured(browser: Any, family: Family, weight: str) -> dict[str, float]:
    text = _TEXTS[family.script]
    wanted = int(weight)
    files = [file for file in family.files if file.subset == family.script]
    (file, *_others) = sorted(
        files, key=lambda each: max(each.lightest - wanted, wanted - each.heaviest, 0)
    )
    source = "data:font/woff2;base64," + base64.b64encode(file.body).decode()
    local = local_fonts(family)
    own_width, ascent, descent = _ask(browser, [source, "", text, weight])
    other_width, _ascent, _descent = _ask(browser, ["", local, text, weight])
    size = own_width / other_width * family.adjust / 100
    scale = family.adjust / 100 / size
    return {
        "size": round(size * 100, 2),
        "ascent": round(ascent * scale, 2),
        "descent": round(descent * scale, 2),
    }


def _ask(browser: Any, arguments: list[str]) -> Any:
    page = browser.new_page()
    found = page.evaluate(_MEASURE, arguments)
    page.close()
    return found


def _write(family: Family, found: dict[str, dict[str, float]]) -> None:
    path = Path(fonts.__file__).parent / family.folder / "font.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["fallback"] = found
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
