"""Mails as people read them: plain text, and the same as HTML, in English and Arabic."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

SUBJECT_LENGTH = 200
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, kw_only=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Composed:
    subject: str
    text: str
    html: str
    language: str


def compose(
    *, subject: str, body: str, language: str, sender: str, link: Link | None = None
) -> Composed:
    """A mail of plain paragraphs (an empty line between them), signed with `sender`'s name.

    `language` is `en` or `ar`. The texts are data: nothing in them is read as HTML.
    """
    subject = " ".join(subject.split())[:SUBJECT_LENGTH]
    body = body.replace("\r\n", "\n").strip()
    with translation.override(language):
        footer = _("Sent by %(sender)s.") % {"sender": sender} if sender else ""
        html = render_to_string(
            "journeys/mail.html",
            {
                "subject": subject,
                "paragraphs": [part for part in body.split("\n\n") if part.strip()],
                "language": language,
                "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
                "footer": footer,
                "link": link,
            },
        )
    parts = [body, f"{link.label}: {link.address}" if link else "", f"-- \n{footer}"]
    text = "\n\n".join(part for part in parts if part) + "\n"
    return Composed(subject=subject, text=text, html=html, language=language)
