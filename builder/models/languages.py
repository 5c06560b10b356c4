"""The languages that a site can be in."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")


RIGHT_TO_LEFT: Final = frozenset({Language.ARABIC})
