"""People, and what lets them in."""

from accounts.keys import issue_key
from accounts.models import ApiKey, AuditEntry, Membership, User, Workspace
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


@example(ApiKey)
def api_key(scene: Scene) -> ApiKey:
    return issue_key(workspace=scene.workspace, kind="server", name="Reports")[0]


@example(AuditEntry)
def audit_entry(scene: Scene) -> AuditEntry:
    return AuditEntry.objects.create(user=scene.user, action="console.opened", subject="overview")
