"""People, and what lets them in."""

from allauth.usersessions.models import UserSession

from accounts import audit, credentials, invitations, profiles
from accounts.keys import issue_key
from accounts.models import (
    ApiKey,
    AuditEntry,
    Credential,
    CulturalContext,
    DataExport,
    ErasureRequest,
    Invitation,
    Membership,
    Suppression,
    User,
    UserProfile,
    Workspace,
    uuid7,
)
from accounts.privacy import archives, erasure, suppression
from accounts.privacy.subjects import Subject, user_subject
from tests.examples import Scene, example


@example(User)
def user(scene: Scene) -> User:
    return scene.user


@example(Workspace)
def workspace(scene: Scene) -> Workspace:
    return scene.workspace


@example(Membership)
def membership(scene: Scene) -> Membership:
    return Membership.objects.get(workspace=scene.workspace, user=scene.user)


@example(Invitation)
def invitation(scene: Scene) -> Invitation:
    return invitations.invite(
        workspace=scene.workspace, email="reem@example.com", role="analyst", by=scene.user
    )


@example(UserProfile)
def profile(scene: Scene) -> UserProfile:
    return profiles.save(
        profile=UserProfile(
            user=scene.user,
            job_title="Marketing lead",
            seniority_level="senior",
            industry_primary="hospitality",
            city="Jeddah",
            region="Makkah",
            primary_marketing_goals=["brand_awareness", "lead_generation"],
        )
    )


@example(CulturalContext)
def culture(scene: Scene) -> CulturalContext:
    return CulturalContext.objects.create(
        user=scene.user, cultural_background="saudi", secondary_languages=["en"]
    )


@example(ApiKey)
def api_key(scene: Scene) -> ApiKey:
    return issue_key(workspace=scene.workspace, kind="server", name="Reports")[0]


@example(UserSession)
def session(scene: Scene) -> UserSession:
    """A library's table, with row security of ours."""
    return UserSession.objects.create(
        user=scene.user,
        ip="198.51.100.9",
        user_agent="Mozilla/5.0",
        session_key=f"example{scene.user.pk.hex}"[:40],
    )


@example(Credential)
def credential(scene: Scene) -> Credential:
    return credentials.store(
        workspace=scene.workspace, kind="openai", secret="sk-example-1234567890", by=scene.user
    )


@example(AuditEntry)
def audit_entry(scene: Scene) -> AuditEntry:
    audit.record(
        action=AuditEntry.Action.CONSOLE_WRITE,
        subject="accounts.workspace",
        user_id=scene.user.pk,
        workspace_id=scene.workspace.pk,
    )
    return AuditEntry.objects.filter(user=scene.user, action="console_write").latest("id")


@example(DataExport)
def data_export(scene: Scene) -> DataExport:
    return archives.request(subject=user_subject(scene.user), requested_by=scene.user)


def _visitor_who_left(scene: Scene) -> Subject:
    """A contact of the workspace whose own row is gone already."""
    return Subject(
        kind="contact",
        id=uuid7(),
        workspace_id=scene.workspace.pk,
        names=(("email", "left@example.com"),),
    )


@example(ErasureRequest)
def erasure_request(scene: Scene) -> ErasureRequest:
    job, _token = erasure.request(subject=_visitor_who_left(scene), requested_by=scene.user)
    return job


@example(Suppression)
def suppressed(scene: Scene) -> Suppression:
    suppression.suppress(_visitor_who_left(scene))
    return Suppression.objects.get(workspace=scene.workspace)
