"""A release as files that any web server can serve: pages as folders, links from one to another.

Forms and the visitors' script stay with the platform: they are addressed at the public edge, so
that the project has to stay live there.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder import projects, publishing, releases
from builder.drafts import HTML, NOT_FOUND_BASE, NOT_FOUND_PATH
from builder.models import Release, SiteRedirect
from builder.rendering.blocks import BLOCKS

# Below the folder: the site itself, and beside it what tells a server how to serve it.
SITE: Final = "site"
_FORMS: Final = "/_hh/forms/"
_ADDRESS: Final = re.compile(r'(?P<name>\s(?:href|src|action)=")(?P<target>[^"]*)"')
# The script of the site's own sections, which needs nothing of the platform.
_OWN_SCRIPT: Final = re.compile(r"/assets/site\.[0-9a-f]{12}\.js")
# The addresses of a picture's files, each with its width.
_FILES: Final = re.compile(r'\ssrcset="(?P<files>[^"]*)"')
_HOST: Final = "http://site.invalid"


@dataclass(frozen=True, slots=True)
class Export:
    """The files by their paths below the folder, and what they are."""

    files: dict[str, bytes]
    pages: int
    redirects: int

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(map(len, self.files.values()))


def export(*, release: Release, base: str = "/") -> Export:
    """The files of a release; `base` is the path at which the site will be served.

    Raises `PublishError` where a file of the release is gone, `storing.StorageAwayError`.
    """
    gone = [fault.under("/release") for fault in releases.faults(release)]
    if gone:
        raise publishing.PublishError(gone)
    paths = [path for path in release.manifest if not path.startswith(BLOCKS)]
    bodies = releases.contents(release=release, paths=paths)
    platform = projects.path_url(project=release.project).rstrip("/")
    files, pages = {}, 0
    for path in sorted(paths):
        body = bodies[path]
        if release.manifest[path]["content_type"] == HTML:
            body = _linked(body, path, release.manifest, platform=platform, base=base)
            pages += not path.endswith(NOT_FOUND_PATH)
        files[f"{SITE}/{_file_of(path, release.manifest)}"] = body
    rules = list(release.project.redirects.order_by("from_path"))
    prefixes = [
        path.removesuffix(NOT_FOUND_PATH) for path in sorted(paths) if path.endswith(NOT_FOUND_PATH)
    ]
    others = [prefix for prefix in prefixes if prefix]
    if rules or others:
        files[f"{SITE}/_redirects"] = "".join(_rule_lines(rules, others)).encode()
    files["Caddyfile"] = _caddyfile(rules, others).encode()
    files["nginx.conf"] = _nginx(rules, others).encode()
    return Export(files, pages, len(rules))


def write(*, made: Export, folder: Path) -> None:
    """Write the files into a folder; others that are there already stay."""
    for name, body in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def archive(made: Export) -> bytes:
    """The files as a zip; the same files make the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in made.files.items():
            packed.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def live_release(project: Any) -> Release:
    """The release that visitors see. Raises `PublishError` where there is none."""
    release: Release | None = project.live_release
    if release is None:
        text = _("The project is not live; name a release.")
        raise publishing.PublishError([Fault("/release", "not_live", text)])
    return release


def _file_of(path: str, manifest: Mapping[str, Any]) -> str:
    """Where a path's file is, below the site's folder: a page is its folder's index."""
    if path.endswith(NOT_FOUND_PATH) or manifest[path]["content_type"] != HTML:
        return path.strip("/")
    return f"{path.strip('/')}/index.html".lstrip("/")


def _linked(
    body: bytes, path: str, manifest: Mapping[str, Any], *, platform: str, base: str
) -> bytes:
    """A page whose addresses are right where its file is."""
    text = body.decode().replace(NOT_FOUND_BASE, "/")
    fix = partial(_fixed, path=path, manifest=manifest, platform=platform, base=base)
    moved = partial(_moved_files, path=path, base=base)
    return _FILES.sub(moved, _ADDRESS.sub(fix, text)).encode()


def _moved_files(match: re.Match[str], *, path: str, base: str) -> str:
    """The files of a picture as the page at `path`, in a folder of its own, leads to them."""
    found = []
    for file in html.unescape(match["files"]).split(", "):
        address, _space, width = file.partition(" ")
        target = urlsplit(urljoin(_HOST + path, address)).path
        found.append(f"{_from_here(path, target, base)} {width}")
    return f' srcset="{html.escape(", ".join(found))}"'


def _fixed(
    match: re.Match[str], *, path: str, manifest: Mapping[str, Any], platform: str, base: str
) -> str:
    target = html.unescape(match["target"])
    if not target or target.startswith(("#", "//")) or urlsplit(target).scheme:
        return match[0]
    parts = urlsplit(urljoin(_HOST + path, target))
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    kind = manifest.get(parts.path, {}).get("content_type", "")
    of_visitors = kind.startswith("text/javascript") and not _OWN_SCRIPT.fullmatch(parts.path)
    if parts.path.startswith(_FORMS) or of_visitors:
        address = platform + parts.path
    else:
        ending = "/" if kind == HTML and parts.path != "/" else ""
        address = _from_here(path, parts.path + ending, base)
    query = f"?{parts.query}" if parts.query else ""
    return f'{match["name"]}{html.escape(address + query + fragment)}"'


def _from_here(path: str, target: str, base: str) -> str:
    """A path of the site as the page at `path`, in a folder of its own, leads to it."""
    if path.endswith(NOT_FOUND_PATH):  # it answers at any depth
        return base.rstrip("/") + target
    way = posixpath.relpath(target, path)
    return f"{way}/" if target.endswith("/") else way


def _rule_lines(rules: list[SiteRedirect], others: Sequence[str]) -> Iterator[str]:
    """Redirects as Netlify and Cloudflare Pages read them.

    The latter looks for a language's own 404.html by itself, and passes over what tells Netlify.
    """
    for rule in rules:
        force = "!" if rule.replaces_page else ""
        yield f"{rule.from_path} {rule.to} {rule.status}{force}\n"
    for prefix in others:
        yield f"{prefix}/* {prefix}{NOT_FOUND_PATH} 404\n"


def _caddyfile(rules: list[SiteRedirect], others: Sequence[str]) -> str:
    lines = "".join(
        f"\tredir {_quoted(rule.from_path)} {_quoted(rule.to)} {rule.status}\n" for rule in rules
    )
    missing = "".join(
        f"\t\thandle {prefix}/* {{\n\t\t\trewrite * {prefix}{NOT_FOUND_PATH}\n"
        "\t\t\tfile_server\n\t\t}\n"
        for prefix in others
    )
    return f"""# Caddy 2: change the name, and the folder where it lies elsewhere.
example.com {{
\troot * ./{SITE}
{lines}\tencode zstd gzip
\theader /assets/* Cache-Control "public, max-age=31536000, immutable"
\thandle_errors {{
{missing}\t\thandle {{
\t\t\trewrite * {NOT_FOUND_PATH}
\t\t\tfile_server
\t\t}}
\t}}
\tfile_server
}}
"""


def _nginx(rules: list[SiteRedirect], others: Sequence[str]) -> str:
    lines = "".join(
        f"    location = {_quoted(rule.from_path)} {{ return {rule.status} {_quoted(rule.to)}; }}\n"
        for rule in rules
    )
    lines += "".join(
        f"    location {prefix}/ {{ error_page 404 {prefix}{NOT_FOUND_PATH}; "
        "try_files $uri $uri/ =404; }\n"
        for prefix in others
    )
    return f"""# nginx: include it in http {{ }}; change the name and the folder.
server {{
    listen 80;
    server_name example.com;
    root /srv/{SITE};
    index index.html;
    error_page 404 {NOT_FOUND_PATH};
{lines}    location /assets/ {{ add_header Cache-Control "public, max-age=31536000, immutable"; }}
    location / {{ try_files $uri $uri/ =404; }}
}}
"""


def _quoted(value: str) -> str:
    """A value of a server's configuration; what would end the quotes, or stand for more, is not."""
    safe = "".join(char for char in value if char.isprintable() and char not in '"\\`{}$')
    return f'"{safe}"'
