"""The stages that a new person goes through: personal, business, analysis, complete."""

from django.db import transaction
from django.utils import timezone

from accounts.models import OnboardingStage, User


def advance(*, user: User, stage: str) -> User:
    """Take a person to the next stage; the same again changes nothing. Raises TransitionError."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user.pk)
        before = person.onboarding_stage
        person.transition(stage)
        if person.onboarding_stage != before:
            complete = stage == OnboardingStage.COMPLETE
            person.onboarding_completed = complete
            person.onboarding_completed_at = timezone.now() if complete else None
            person.save(
                update_fields=[
                    "onboarding_stage",
                    "onboarding_completed",
                    "onboarding_completed_at",
                    "updated_at",
                ]
            )
    for name in ("onboarding_stage", "onboarding_completed", "onboarding_completed_at"):
        setattr(user, name, getattr(person, name))
    return user
