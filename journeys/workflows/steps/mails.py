import datetime
from typing import Annotated, Final, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from accounts.models import Membership, Role
from journeys.mail import outbox
from journeys.mail.composition import Link, compose
from journeys.workflows.models import Workflow
from journeys.workflows.placeholders import Text, fill
from journeys.workflows.step import Outcome, Run, Step

Language = Literal["en", "ar"]

# A form is open to all, so someone could have mails sent to a stranger by writing that address.
MAILS_AN_HOUR: Final = 5


def _recipient(text: str) -> str:
    """One placeholder, or one address."""
    if text.startswith("{{") and text.count("{{") == 1 and text.endswith("}}"):
        return text
    try:
        validate_email(text)
    except ValidationError as error:
        raise PydanticCustomError(
            "no_address",
            "{text} is no e-mail address; {example} is the visitor's.",
            {"text": text[:80], "example": "{{ contact.email }}"},
        ) from error
    return text


Subject = Annotated[Text, Field(min_length=1, max_length=150)]
Body = Annotated[Text, Field(min_length=1, max_length=10_000)]


class SendMail(Step):
    """Write to the visitor, in the site's language unless `language` says another."""

    kind: Literal["send_mail"] = "send_mail"
    to: Annotated[Text, Field(max_length=254), AfterValidator(_recipient)] = "{{ contact.email }}"
    subject: Subject
    body: Body
    language: Language | None = None

    def run(self, run: Run) -> Outcome:
        address = fill(self.to, run.values).strip().lower()
        try:
            validate_email(address)
        except ValidationError:
            return Outcome(skipped="There is no address to write to.")
        since = run.now - datetime.timedelta(hours=1)
        workspace_id = run.execution.workspace_id
        if (
            outbox.count_to(workspace_id=workspace_id, address=address, since=since)
            >= MAILS_AN_HOUR
        ):
            return Outcome(skipped="This address has had enough mails within an hour.")
        language = self.language or run.language
        sender = run.values["site"]["name"] or run.values["workspace"]["name"]
        mail = outbox.enqueue(
            execution=run.execution,
            step_index=run.index,
            to_address=address,
            from_name=sender,
            composed=compose(
                subject=fill(self.subject, run.values),
                body=fill(self.body, run.values),
                language=language,
                sender=sender,
            ),
            now=run.now,
        )
        _count_mails(run, 1)
        return Outcome(detail={"mail": str(mail.id)})


class NotifyMember(Step):
    """Tell people of the workspace; without texts of its own, the mail lists what was sent.

    `member` is `owner`, for all owners of the workspace, or the address of one member.
    """

    kind: Literal["notify_member"] = "notify_member"
    member: Annotated[str, Field(max_length=254)] = "owner"
    subject: Subject | None = None
    body: Body | None = None
    language: Language | None = None

    def run(self, run: Run) -> Outcome:
        addresses = self._addresses(run)
        if not addresses:
            return Outcome(skipped="No such member belongs to the workspace.")
        language = self.language or run.execution.workspace.default_language
        with translation.override(language):
            subject, body = self._texts(run)
            leads = f"{settings.PUBLIC_OFFICE_URL}{settings.CONSOLE_PATH}journeys/lead/"
            link = Link(label=_("Open the leads"), address=leads)
        composed = compose(
            subject=subject, body=body, language=language, sender="Halfhour", link=link
        )
        mails = [
            outbox.enqueue(
                execution=run.execution,
                step_index=run.index,
                to_address=address,
                reply_to=_reply_address(run),
                from_name="Halfhour",
                composed=composed,
                now=run.now,
            )
            for address in addresses
        ]
        _count_mails(run, len(mails))
        return Outcome(detail={"mails": [str(mail.id) for mail in mails]})

    def _texts(self, run: Run) -> tuple[str, str]:
        """Subject and body; what visitors write is filled in last, and never read again."""
        site = {"site": run.values["site"]["name"]}
        subject = (
            fill(self.subject, run.values)
            if self.subject
            else _("New enquiry from %(site)s") % site
        )
        if self.body:
            return subject, fill(self.body, run.values)
        return subject, _("Someone has written on %(site)s:") % site + _listed(run)

    def _addresses(self, run: Run) -> list[str]:
        members = Membership.objects.filter(
            workspace_id=run.execution.workspace_id, user__is_active=True
        )
        if self.member == "owner":
            members = members.filter(role=Role.OWNER)
        else:
            members = members.filter(user__email=self.member.lower())
        return list(members.order_by("id").values_list("user__email", flat=True))


def _listed(run: Run) -> str:
    """The form's fields, one a line."""
    lines = [f"{name}: {value}" for name, value in run.values["form"].items() if value]
    return "\n\n" + "\n".join(lines)


def _reply_address(run: Run) -> str:
    address = run.values["contact"].get("email", "")
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def _count_mails(run: Run, count: int) -> None:
    Workflow.objects.filter(pk=run.execution.workflow_id).update(
        email_campaigns_triggered=F("email_campaigns_triggered") + count
    )
