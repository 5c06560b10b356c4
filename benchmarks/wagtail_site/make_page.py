"""The page that is measured, with five others in its menu."""

import json

import django

django.setup()

from home.models import HomePage  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

SENTENCE = "Dunes move a few metres a year, and houses that stand on them have to give way."
SECTIONS, PARAGRAPHS = 12, 5


def stream(sections: int) -> str:
    return json.dumps(
        [
            block
            for number in range(sections)
            for block in (
                {"type": "heading", "value": f"Section {number}"},
                *(
                    {"type": "paragraph", "value": f"<p>{' '.join([SENTENCE] * 5)}</p>"}
                    for _ in range(PARAGRAPHS)
                ),
            )
        ]
    )


home = Page.get_first_root_node().add_child(
    instance=HomePage(title="Home", slug="benchmark", body=stream(SECTIONS))
)
for place in range(5):
    home.add_child(instance=HomePage(
        title=f"Page {place}", slug=f"page-{place}", body=stream(1), show_in_menus=True,
    ))  # fmt: skip
Site.objects.update(root_page=home)
