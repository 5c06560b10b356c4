from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Halfhour"

    def ready(self) -> None:
        import_module("config.checks")  # registers what `check --deploy` asks
        import_module("config.celery")  # tasks sent from here reach the broker of the settings
