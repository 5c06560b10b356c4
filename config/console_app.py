"""The console as an application of Django's, with a site of our own."""

from django.contrib.admin.apps import AdminConfig


class ConsoleConfig(AdminConfig):
    default_site = "config.console_site.ConsoleSite"
