"""What a visitor wrote into a form: read, checked, made a message. Pure."""

import datetime
import math
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from builder.sections.forms import HONEYPOT_FIELD, PATH_FIELD, FormField
from journeys.identity.names import email_address, legal_id
from journeys.ingest.forms.sites import Form
from journeys.ingest.messages import FORM_SUBMITTED, Message, session_uuid, without_nul

MAX_BODY_BYTES: Final = 256 * 1024
MAX_FIELDS: Final = 100

# Filled in by the tracker; a page without it sends none of them.
ANONYMOUS_ID_FIELD: Final = "_anonymous_id"
SESSION_ID_FIELD: Final = "_session_id"
MESSAGE_ID_FIELD: Final = "_message_id"

# Fields whose meaning is known by their name become traits of the contact.
_TRAITS: Final = frozenset(
    {"name", "first_name", "last_name", "phone", "company", "job_title", "city", "country"}
)
# What browsers send (HTML, 2.3.5 and 2.3.4): a valid date, time and floating-point number.
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(r"\d{2}:\d{2}(:\d{2})?", re.ASCII)
_NUMBER: Final = re.compile(r"-?(\d+|\d*\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_PAGE_PATH: Final = re.compile(r"/(?!/)[^\s\\?#]{0,500}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field.

    `required`, `email`, `too_long`, `unknown_option`, `date`, `time`, `number` or `out_of_bounds`.
    """

    field: FormField
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whence a submission came."""

    received_at: datetime.datetime
    ip_address: str | None
    user_agent: str
    referrer: str


def read_fields(body: bytes) -> dict[str, str]:
    """Decode application/x-www-form-urlencoded; the first of several values counts.

    Raises ValueError for more than MAX_FIELDS.
    """
    text = body.decode("utf-8", errors="replace")
    pairs = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MAX_FIELDS)
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(without_nul(name), without_nul(value).strip())
    return fields


def page_path(fields: Mapping[str, str]) -> str:
    """The page that the form was sent from, or "" where none of this site was given."""
    path = fields.get(PATH_FIELD, "")
    return path if _PAGE_PATH.fullmatch(path) else ""


def is_trapped(fields: Mapping[str, str]) -> bool:
    """Whether the field was filled in that people do not see."""
    return bool(fields.get(HONEYPOT_FIELD))


def problems(form: Form, fields: Mapping[str, str]) -> list[Problem]:
    """What has to be mended before the form can be taken, in the order of its fields."""
    found = ((field, _fault(field, fields.get(field.name, ""))) for field in form.fields)
    return [Problem(field, code) for field, code in found if code]


def message_of(
    form: Form, fields: Mapping[str, str], *, sender: Sender, project_id: uuid.UUID, language: str
) -> Message:
    """The event of a submission in which `problems` finds nothing."""
    written = {field.name: fields[field.name] for field in form.fields if fields.get(field.name)}
    anonymous_id = legal_id(fields.get(ANONYMOUS_ID_FIELD))
    path = page_path(fields) or form.path
    given_id = legal_id(fields.get(MESSAGE_ID_FIELD))
    return Message(
        # A form's ids are apart from those of other events: neither can take the other's.
        message_id=f"form:{form.component_id}:{given_id or uuid.uuid4()}",
        type="track",
        event_name=FORM_SUBMITTED,
        timestamp=sender.received_at,
        received_at=sender.received_at,
        anonymous_id=anonymous_id,
        email=_email(form, written),
        traits=_traits(form, written),
        properties={
            "component_id": form.component_id,
            "component_type": form.component_type,
            "page_key": form.page_key,
            "path": path,
            "fields": written,
        },
        context={"page": {"path": path, "referrer": sender.referrer[:500]}, "locale": language},
        session_id=session_uuid(fields.get(SESSION_ID_FIELD), visitor=anonymous_id),
        ip_address=sender.ip_address,
        user_agent=sender.user_agent,
        project_id=project_id,
        component_id=form.component_id,
    )


def _fault(field: FormField, value: str) -> str:
    if not value:
        return "required" if field.required else ""
    # A browser counts a line's end as one character (HTML, 4.10.6) and sends two.
    if len(value.replace("\r\n", "\n")) > field.max_length:
        return "too_long"
    return _CHECKS.get(field.kind, _anything)(field, value)


def _anything(_field: FormField, _value: str) -> str:
    return ""


def _email_fault(_field: FormField, value: str) -> str:
    return "" if email_address(value) else "email"


def _option_fault(field: FormField, value: str) -> str:
    return "" if value in field.options else "unknown_option"


def _date_fault(_field: FormField, value: str) -> str:
    return "" if _is(value, like=_DATE, read=datetime.date.fromisoformat) else "date"


def _time_fault(_field: FormField, value: str) -> str:
    return "" if _is(value, like=_TIME, read=datetime.time.fromisoformat) else "time"


def _is(value: str, *, like: re.Pattern[str], read: Callable[[str], object]) -> bool:
    if not like.fullmatch(value):
        return False
    try:
        read(value)
    except ValueError:
        return False
    return True


def _number_fault(field: FormField, value: str) -> str:
    if not _NUMBER.fullmatch(value):
        return "number"
    number = float(value)
    least = -math.inf if field.least is None else field.least
    most = math.inf if field.most is None else field.most
    return "" if least <= number <= most else "out_of_bounds"


_CHECKS: Final[Mapping[str, Callable[[FormField, str], str]]] = {
    "email": _email_fault,
    "select": _option_fault,
    "radio": _option_fault,
    "date": _date_fault,
    "time": _time_fault,
    "number": _number_fault,
}


def _email(form: Form, written: Mapping[str, str]) -> str:
    """The first e-mail address that the form asks for."""
    values = (written.get(field.name) for field in form.fields if field.kind == "email")
    return next((email_address(value) for value in values if value), "")


def _traits(form: Form, written: Mapping[str, str]) -> dict[str, Any]:
    traits: dict[str, Any] = {k: v for k, v in written.items() if k in _TRAITS}
    phones = (written.get(field.name) for field in form.fields if field.kind == "tel")
    phone = next((value for value in phones if value), "")
    if phone:
        traits.setdefault("phone", phone)
    return traits
