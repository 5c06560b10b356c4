"""What the database kept of each record that people configure: its history's newest row."""

from typing import Any

from django.apps import apps

from tests.examples import Scene, example


def _register(history: Any) -> None:
    @example(history)
    def kept(scene: Scene) -> Any:
        record = scene.one(history.pgh_tracked_model)
        return history.objects.filter(pgh_obj_id=record.pk).latest("pgh_id")


for _model in apps.get_models():
    if getattr(_model, "pgh_tracked_model", None) is not None:
        _register(_model)
