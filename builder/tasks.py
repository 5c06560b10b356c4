from celery import shared_task
from django.utils import timezone

from builder import domains, mention_mail, previews, releases, schedules, sessions, trash
from builder.images import making
from builder.models import Image


@shared_task
def prune_previews() -> int:
    """Delete what expired previews left; returns how many there were."""
    return previews.prune(now=timezone.now())


@shared_task
def publish_on_time() -> int:
    """Carry out the schedules that are due, and tell of those that failed; returns how many."""
    finished = schedules.run_due(now=timezone.now())
    schedules.tell_failures(now=timezone.now())
    return finished


@shared_task
def sweep_storage() -> int:
    """Delete files of the storage that no release has; returns how many there were."""
    return releases.sweep(now=timezone.now())


@shared_task
def render_image(image_id: str) -> int:
    """Make the files of a picture that was uploaded; returns how many were lacking."""
    image = Image.objects.filter(pk=image_id).first()
    return making.make(image=image) if image else 0


@shared_task
def render_images() -> int:
    """Make the files that jobs have left unmade; returns how many pictures are ready by it."""
    return making.make_due(now=timezone.now())


@shared_task
def check_domains() -> int:
    """Look up the records of domains whose turn it is; returns how many."""
    return domains.check_due(now=timezone.now())


@shared_task
def mail_mentions() -> int:
    """Tell by mail who was called in comments; returns how many were."""
    return mention_mail.send_due()


@shared_task
def empty_bin() -> int:
    """Delete for good what has been in the bin for long enough; returns how many projects."""
    return trash.empty(now=timezone.now())


@shared_task
def cleanup_old_sessions() -> int:
    """Delete the builder's sessions that ended long ago; returns how many."""
    return sessions.cleanup_old_sessions(now=timezone.now())
