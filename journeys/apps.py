from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "journeys"
    verbose_name = _("visitors")

    def ready(self) -> None:
        from journeys.builder_journey import receivers  # noqa: F401 - connects them
