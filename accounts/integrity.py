"""What must hold of people, workspaces and secrets, and no constraint can say."""

import datetime
from collections.abc import Iterator
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts import encryption
from accounts.checking import Finding, checked
from accounts.completion import WEIGHTS, completion_percentage
from accounts.models import (
    ApiKey,
    Credential,
    DataExport,
    ErasureRequest,
    Membership,
    Role,
    SubjectKind,
    User,
    UserProfile,
    Workspace,
)
from accounts.privacy import archives
from accounts.privacy.subjects import Subject

_COMPLETION: Final = "profile_completion_percentage"


@checked(
    name="accounts.workspace_has_an_owner",
    title="A workspace has an owner who can sign in",
    mend="manage.py create_staff <address> --workspace <slug> --role owner",
)
def workspaces_without_owner() -> Iterator[Finding]:
    owners = Membership.objects.filter(
        workspace=OuterRef("pk"),
        role=Role.OWNER,
        user__is_active=True,
        user__deleted_at__isnull=True,
    )
    for workspace in Workspace.objects.filter(~Exists(owners)).order_by("id"):
        yield Finding("accounts.Workspace", str(workspace.pk), f"{workspace.slug} has no owner")


@checked(
    name="accounts.member_is_present",
    title="Who belongs to a workspace is not deleted",
    mend="Remove the membership in the console, or restore the user.",
)
def members_who_are_deleted() -> Iterator[Finding]:
    gone = Membership.objects.filter(user__deleted_at__isnull=False).order_by("id")
    for membership in gone:
        yield Finding(
            "accounts.Membership", str(membership.pk), "the user was deleted and is still a member"
        )


@checked(
    name="accounts.personal_key_has_a_member",
    title="A personal key that is not revoked belongs to a member of its workspace",
    mend="manage.py revoke_key <prefix>",
)
def keys_of_strangers() -> Iterator[Finding]:
    member = Membership.objects.filter(
        workspace_id=OuterRef("workspace_id"), user_id=OuterRef("user_id")
    )
    loose = ApiKey.objects.live().filter(~Exists(member), kind=ApiKey.Kind.PERSONAL)
    for key in loose.order_by("id"):
        yield Finding("accounts.ApiKey", str(key.pk), f"{key.prefix} acts for no member")


@checked(
    name="accounts.address_agrees",
    title="A user's address is the primary one that allauth knows, confirmed as it says",
    mend="Correct the address in the console; the person confirms it by mail.",
)
def addresses_that_differ() -> Iterator[Finding]:
    rows = EmailAddress.objects.filter(primary=True).exclude(email__iexact=F("user__email"))
    for address in rows.order_by("id"):
        yield Finding(
            "accounts.User", str(address.user_id), "signs in by another address than its own"
        )
    unproved = EmailAddress.objects.filter(
        user__is_verified=True, user__email=F("email"), verified=False
    )
    for address in unproved.order_by("id"):
        yield Finding("accounts.User", str(address.user_id), "verified, but its address is not")


@checked(
    name="accounts.credential_opens",
    title="Every stored secret can be read with the keys there are",
    mend="Put the key that was taken away back into CREDENTIAL_KEYS, or store the secret again.",
)
def credentials_that_no_key_opens() -> Iterator[Finding]:
    from cryptography.fernet import InvalidToken
    from django.db import connection

    table = Credential._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"select id, secret from {table} order by id")  # noqa: S608  a table's name
        for key, stored in cursor.fetchall():
            try:
                encryption.decrypt(stored)
            except encryption.LostKeyError as error:
                yield Finding("accounts.Credential", str(key), str(error))
            except InvalidToken:
                yield Finding("accounts.Credential", str(key), "the secret is damaged")


@checked(
    name="accounts.erasure_ends",
    title="An erasure is carried out within a day",
    mend="See that a worker runs; manage.py erase_user or erase_contact goes on from where it was.",
)
def erasures_that_wait() -> Iterator[Finding]:
    late = ErasureRequest.objects.unfinished().filter(
        Q(status=ErasureRequest.Status.FAILED)
        | Q(created_at__lt=timezone.now() - datetime.timedelta(days=1))
    )
    for job in late.order_by("id"):
        yield Finding("accounts.ErasureRequest", str(job.pk), f"{job.status} {job.error_message}")


@checked(
    name="accounts.erased_is_gone",
    title="Who was erased is not there again (from a backup, for one)",
    mend="manage.py erase_user <id>",
)
def erased_users_who_are_back() -> Iterator[Finding]:
    done = set(
        ErasureRequest.objects.filter(
            status=ErasureRequest.Status.COMPLETED, subject_kind=SubjectKind.USER
        ).values_list("subject_digest", flat=True)
    )
    if not done:
        return
    for user_id in User.with_deleted.values_list("pk", flat=True).iterator():
        if Subject(kind=SubjectKind.USER, id=user_id).digest in done:
            yield Finding("accounts.User", str(user_id), "was erased, and is here again")


@checked(
    name="accounts.export_has_its_file",
    title="An archive that is ready is on disk",
    mend="Ask for the export again.",
)
def exports_without_a_file() -> Iterator[Finding]:
    for export in DataExport.objects.filter(status=DataExport.Status.READY).order_by("id"):
        if not archives.storage().exists(export.file):
            yield Finding("accounts.DataExport", str(export.pk), f"{export.file} is missing")


@checked(
    name="accounts.completion_agrees",
    title="A profile's completion is what the rule makes of it",
    mend="Save the profile in the console.",
)
def completions_that_differ() -> Iterator[Finding]:
    profiles = UserProfile.objects.order_by("pk").values("pk", *WEIGHTS, _COMPLETION)
    for profile in profiles.iterator():
        true, told = completion_percentage(profile), profile[_COMPLETION]
        if true != told:
            yield Finding("accounts.UserProfile", str(profile["pk"]), f"{told} %, and is {true} %")
