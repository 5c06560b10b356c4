"""Pages for tests: a site around a few components."""

from html.parser import HTMLParser

from builder.rendering import NavPage, PageInput, SiteInput, render_page

VOID = {"meta", "link", "img", "input", "br", "path", "rect", "circle", "source"}


def layout_of(*components):
    """Puck Data of components given as (type, id, props)."""
    content = [
        {"type": kind, "props": {"id": component_id, **props}}
        for kind, component_id, props in components
    ]
    return {"root": {"props": {}}, "content": content, "zones": {}}


def a_site(**overrides):
    return SiteInput(
        **{
            "name": "Ply & Co",
            "language": "en",
            "direction": "ltr",
            "tokens": {},
            "pages": (
                NavPage("home", "Welcome", "/"),
                NavPage("contact", "Contact", "/contact"),
                NavPage("oak", "Oak", "/wood/oak"),
            ),
            "stylesheet_path": "assets/site.css",
            **overrides,
        }
    )


def html_of(*components, path="/", site=None, **page):
    layout = layout_of(*components)
    given = PageInput(**{"key": "home", "path": path, "title": "A page", "layout": layout, **page})
    return render_page(page=given, site=site or a_site()).html


class Outline(HTMLParser):
    """Reads a page: its elements with their attributes, and whether they close in order."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.faults = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]
