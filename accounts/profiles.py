"""Keeping profiles; the rule of completion is in accounts/completion.py."""

from typing import Any

from django.utils import timezone

from accounts import consent
from accounts.completion import WEIGHTS, completion_percentage
from accounts.models import UserProfile


def save(*, profile: UserProfile, **changes: Any) -> UserProfile:
    """Write a profile with its changes, its completion and the time, in one statement."""
    for name, value in changes.items():
        setattr(profile, name, value)
    values = {name: getattr(profile, name) for name in WEIGHTS}
    profile.profile_completion_percentage = completion_percentage(values)
    profile.last_profile_update = timezone.now()
    profile.save()
    consent.forget(profile.user_id)
    return profile
