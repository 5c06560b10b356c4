"""News that higher floors may want; receivers run inside the sender's transaction and scope."""

from django.dispatch import Signal

# A project was published or rolled back: `project` and `release` are given.
project_published = Signal()

# A project's site was taken down: `project` is given.
project_unpublished = Signal()
