"""Marketing profiles: one a member in a workspace."""

from accounts.models import User, Workspace
from personalization.models import MetaUserProfile


def profile_of(*, workspace: Workspace, user: User) -> MetaUserProfile:
    """The user's marketing profile in the workspace, made empty on first asking."""
    made, _created = MetaUserProfile.objects.get_or_create(
        workspace=workspace, user=user, defaults={"currency": workspace.currency}
    )
    return made
