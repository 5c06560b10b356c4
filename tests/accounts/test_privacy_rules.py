"""Every model that is about people says what becomes of its rows; what it says can be done."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import models

from accounts.models import Erasure, User
from accounts.privacy import rules
from journeys.models import Contact

ROOTS = {"user": User, "contact": Contact}

# Models with a way to a person, or a column that looks like one, and no rule; each with its reason.
WITHOUT_RULE: dict[str, str] = {
    "accounts.ErasureRequest": "its target is emptied with the last row; the receipt names nobody",
    "accounts.Suppression": "keyed digests, kept so that who was erased is not recorded again",
    "journeys.EventReceipt": "digests of message ids, gone after 48 hours",
    "journeys.IngestCount": "counts by key; the keys that send events are nobody's own",
    "config.IdempotentAnswer": "answers kept for a day, found by a digest only",
}
# A column with one of these names is taken to be about a person.
TELLING = {
    "email", "ip_address", "phone", "user_agent", "to_address", "anonymous_id", "first_name",
    "last_name", "full_name", "phone_number", "address", "reply_to",
}  # fmt: skip

MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy
]


def is_history(model):
    """History's tables are erased with the records that they are the history of."""
    return hasattr(model, "pgh_tracked_model") or model._meta.app_label == "pghistory"


def ways_to_people():
    """Model -> the keys by which its rows hang on somebody.

    A key to a person, or to a row that goes or is emptied with one. Rows that are only detached
    from somebody are the workspace's, and what hangs on them is not about that person.
    """
    ruled = {kind: {rule.model: rule for rule in rules.plan(kind)} for kind in ROOTS}
    found: dict[type, set[str]] = {}
    for model in MODELS:
        for field in model._meta.fields:
            target = field.related_model
            if not field.is_relation or target is None or target is model:
                continue
            for kind, root in ROOTS.items():
                mine = [rule for rule in rules.plan(kind) if rule.model is target]
                own = any(rule.personal.erasure is not Erasure.DETACH for rule in mine)
                if target is root or (target in ruled[kind] and own):
                    found.setdefault(model, set()).add(f"{field.name} ({kind})")
        for field in model._meta.fields:
            if field.name in TELLING:
                found.setdefault(model, set()).add(field.name)
    return {model: ways for model, ways in found.items() if not is_history(model)}


WAYS = ways_to_people()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_with_a_way_to_a_person_has_a_rule(model):
    if model not in WAYS or model._meta.label in WITHOUT_RULE:
        return
    if model is User.groups.through or model is User.user_permissions.through:
        return  # pairs go with their user
    assert rules.declarations(model), (
        f"{model._meta.label} is about people by {', '.join(sorted(WAYS[model]))}: "
        "say in PERSONAL_DATA what becomes of its rows"
    )


def test_exceptions_are_few_and_true():
    assert len(WITHOUT_RULE) < 10
    for label in WITHOUT_RULE:
        assert not [
            p for p in rules.declarations(apps.get_model(label)) if p.erasure is not Erasure.DETACH
        ], label


ALL_RULES = [rule for kind in ROOTS for rule in rules.plan(kind)]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.key)
def test_a_rule_can_be_carried_out(rule):
    """Its fields exist, what stays can lose its link, and what it redacts can take the values."""
    if rule.select is not None:
        return
    root = ROOTS[rule.personal.subject]
    link, current = rule.personal.link, rule.model
    for step in link.split("__") if link else []:
        field = current._meta.pk if step == "pk" else current._meta.get_field(step)
        current = field.related_model or current
    if link and link not in ("pk", "id", "subject_id"):
        assert current is root, f"{link} leads to {current}"
    if rule.personal.by_email:
        assert rule.address_field.get_internal_type() in ("CharField", "TextField", "JSONField")
    for name, value in rule.personal.redact.items():
        field = rule.model._meta.get_field(name)
        assert value is not None or field.null, f"{name} cannot be null"
    own = rule.link_field
    if rule.personal.erasure is not Erasure.DELETE and own is not None:
        assert own.null, f"{own.name} cannot become null: the row cannot stay"
        assert own.remote_field is None or own.remote_field.on_delete is not models.CASCADE, (
            f"{own.name} takes the row with it (on_delete), though its rule is that it stays"
        )
    for name in rule.personal.secret:
        rule.model._meta.get_field(name)


@pytest.mark.parametrize("kind", list(ROOTS))
def test_rows_come_before_those_that_they_are_found_by(kind):
    order = [rule.model for rule in rules.plan(kind)]
    for rule in rules.plan(kind):
        current = rule.model
        for step in rule.personal.link.split("__")[:-1]:
            current = current._meta.get_field(step).related_model
            if current in order and current is not rule.model:
                assert order.index(rule.model) < order.index(current)


@pytest.mark.parametrize("kind", list(ROOTS))
def test_the_person_comes_last_of_what_points_at_them(kind):
    order = [rule.model for rule in rules.plan(kind)]
    root = ROOTS[kind]
    assert root in order
    direct = {
        rule.model
        for rule in rules.plan(kind)
        if rule.link_field is not None and rule.link_field.related_model is root
    } - {root}
    assert max(order.index(model) for model in direct) < order.index(root)


def test_a_permission_is_nobodys():
    assert not rules.declarations(Permission)
