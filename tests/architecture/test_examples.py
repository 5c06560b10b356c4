"""The examples that other tests walk over are whole."""

import pytest
from django.apps import apps

from tests.examples import APPS, EXAMPLES, Scene
from tests.factories import MembershipFactory

MODELS = [
    model for model in apps.get_models() if model._meta.app_label in APPS and model._meta.managed
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_has_an_example(model):
    assert model in EXAMPLES, f"tests/examples/{model._meta.app_label}.py lacks {model.__name__}"


@pytest.mark.django_db
def test_one_of_everything_can_stand_in_one_workspace():
    owner = MembershipFactory(role="owner")
    made = Scene(workspace=owner.workspace, user=owner.user).everything()
    assert len({(type(each), each.pk) for each in made}) == len(EXAMPLES)
