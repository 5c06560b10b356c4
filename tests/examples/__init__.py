"""One record of every model, made as the application would have made it.

Tests that walk over all models (row security, the console, the API, migrations) take their rows
from here. A new model has a function under `@example(Model)` in its app's module; what the row
needs it asks the scene for, so that the scene stays one story of one workspace. Two scenes stand
side by side: what is the platform's own, the second finds made by the first.
"""

import importlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from accounts.models import User, Workspace

M = TypeVar("M", bound=models.Model)
APPS = (
    "accounts", "builder", "journeys", "personalization", "experiments", "conversations",
    "analytics", "config",
)  # fmt: skip
EXAMPLES: dict[type[models.Model], Callable[["Scene"], Any]] = {}


def example(model: type[M]) -> Callable[[Callable[["Scene"], M]], Callable[["Scene"], M]]:
    """Register the function that makes a scene's record of `model`."""

    def register(make: Callable[["Scene"], M]) -> Callable[["Scene"], M]:
        assert model not in EXAMPLES, f"{model.__name__} has two examples"
        EXAMPLES[model] = make
        return make

    return register


class Scene:
    """A workspace, its owner, and on asking one record of any model."""

    def __init__(self, *, workspace: Workspace, user: User) -> None:
        self.workspace, self.user = workspace, user
        self._made: dict[type[models.Model], Any] = {}

    def one(self, model: type[M]) -> M:
        """The scene's record of the model, made on first asking with all that it needs."""
        if model not in self._made:
            made = EXAMPLES[model](self)
            made.refresh_from_db()
            self._made[model] = made
        record: M = self._made[model]
        return record

    def everything(self) -> list[models.Model]:
        """One record of every model that has an example."""
        return [self.one(model) for model in EXAMPLES]


for _app in APPS:
    importlib.import_module(f"tests.examples.{_app}")
importlib.import_module("tests.examples.history")
