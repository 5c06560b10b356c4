"""Pages that a visitor sees when a form could not be taken in, in the site's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from builder.models.languages import RIGHT_TO_LEFT
from builder.sections.forms import Reward
from journeys.ingest.answers import Answer
from journeys.ingest.forms.submission import Problem

_HEADERS: Final = [
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    ),
    (b"referrer-policy", b"same-origin"),
    (b"x-robots-tag", b"noindex"),
]


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class _Link:
    label: str
    href: str


# What a kind of field takes, for a value that is not of it.
_WRONG: Final = {
    "date": gettext_lazy("Please give a date."),
    "time": gettext_lazy("Please give a time of day."),
    "number": gettext_lazy("Please give a number."),
}


def problem_page(
    *, site_name: str, language: str, problems: Sequence[Problem], back: str
) -> Answer:
    """Say which fields have to be mended (422); `back` is the form's address."""
    with translation.override(language):
        return _page(
            status=422,
            language=language,
            title=_("Something is missing"),
            text=_("Your message was not sent yet. Please go back and look at this:"),
            lines=[_Line(problem.field.label, _problem_text(problem)) for problem in problems],
            site_name=site_name,
            back=back,
        )


def reward_page(*, site_name: str, language: str, reward: Reward, href: str, back: str) -> Answer:
    """Give the sender of a form what it promised (200); `href` is where it is."""
    with translation.override(language):
        return _page(
            status=200,
            language=language,
            title=reward.title,
            text=reward.text,
            site_name=site_name,
            back=back,
            link=_Link(reward.label, href),
        )


def failure_page(
    *, status: int, language: str, site_name: str = "", back: str = "", retry_after: int = 0
) -> Answer:
    """Say why a form was not taken in, for the statuses of `_failure`."""
    with translation.override(language):
        title, text = _failure(status)
        answer = _page(
            status=status,
            language=language,
            title=title,
            text=text,
            site_name=site_name,
            back=back,
        )
    if retry_after:
        answer.headers.append((b"retry-after", str(retry_after).encode()))
    return answer


def preferred_language(header: str) -> str:
    """The language of our two that Accept-Language names first; English for neither."""
    names = (part.strip()[:2].lower() for part in header.split(","))
    return next((name for name in names if name in {"en", "ar"}), "en")


def _failure(status: int) -> tuple[str, str]:
    later = _("Your message was not sent. Please go back and try again in a minute.")
    texts = {
        404: (_("This form is not here"), _("The page may have changed since you opened it.")),
        405: (_("Nothing to see here"), _("This is where a form is sent to.")),
        410: (_("This site is closed"), _("It is no longer online, so nothing was sent.")),
        413: (
            _("This is too long"),
            _("Your message was not sent. Please go back and shorten it."),
        ),
        415: (_("This form is not understood"), _("It came in a format that is not taken here.")),
        429: (_("One moment, please"), later),
        503: (_("One moment, please"), later),
    }
    return texts.get(status, (_("This form is not understood"), _("Nothing was sent.")))


def _problem_text(problem: Problem) -> str:
    if problem.code == "required":
        return _("Please fill this in.")
    if problem.code == "email":
        return _("This is not an e-mail address.")
    if problem.code == "unknown_option":
        return _("Please choose one of the options.")
    if problem.code in _WRONG:
        return str(_WRONG[problem.code])
    if problem.code == "out_of_bounds":
        return _bounds_text(problem)
    most = problem.field.max_length
    return ngettext("At most %(most)d character.", "At most %(most)d characters.", most) % {
        "most": most
    }


def _bounds_text(problem: Problem) -> str:
    field = problem.field
    least, most = (None if each is None else f"{each:.10g}" for each in (field.least, field.most))
    if most is None:
        return _("Please give a number from %(least)s on.") % {"least": least}
    if least is None:
        return _("Please give a number up to %(most)s.") % {"most": most}
    return _("Please give a number from %(least)s to %(most)s.") % {"least": least, "most": most}


def _page(
    *,
    status: int,
    language: str,
    title: str,
    text: str,
    site_name: str,
    back: str,
    lines: Sequence[_Line] = (),
    link: "_Link | None" = None,
) -> Answer:
    html = render_to_string(
        "journeys/form_problem.html",
        {
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "title": title,
            "text": text,
            "lines": lines,
            "link": link,
            "site_name": site_name,
            "back": back,
        },
    )
    return Answer(
        status=status,
        body=html.encode(),
        content_type=b"text/html; charset=utf-8",
        headers=[*_HEADERS],
    )
