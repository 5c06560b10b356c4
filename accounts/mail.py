"""What the platform's own mails have in common, and what a mail server's refusal means."""

import smtplib
import uuid
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

# What one mail is refused for; all other errors are the server's or the network's.
ABOUT_THE_MAIL: Final = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    ValueError,
)


def message(
    *, key: uuid.UUID, language: str, subject: str, text: str, html: str, to: str, **fields: Any
) -> EmailMultiAlternatives:
    """A mail in a language, as text and HTML, from the platform's address.

    `key` is of the row that the mail tells of: the Message-ID is the same at every attempt, so
    that a mail sent twice is seen to be one (RFC 5322, section 3.6.4). `fields` may be Django's
    `from_email` and `reply_to`.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{key.hex}@{domain}>",
        "Content-Language": language,
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(subject, text, to=[to], headers=headers, **fields)
    mail.attach_alternative(html, "text/html")
    return mail


def is_final(error: Exception) -> bool:
    """Whether the server has said no for good (RFC 5321, 5yz), or the mail is malformed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False  # the operator's to mend, not the mail's fault
    if isinstance(error, smtplib.SMTPResponseException):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)
