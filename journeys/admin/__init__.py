"""The console's pages of visitors, workflows and builders' journeys."""

from journeys.admin import journeys, suggestions, visitors, workflows

__all__ = ["journeys", "suggestions", "visitors", "workflows"]
