"""Prompts made from templates, by the words that fit somebody."""

import string
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from accounts.models import User
from personalization.models import Campaign, ContentTemplate, PersonalizedContent


class PromptError(Exception):
    """A prompt cannot be made: a variable has no value, or the template is no template."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.detail for fault in faults))
        self.faults = faults


def variables_of(prompt: str) -> list[str]:
    """The names in braces, in their order, each once. Raises PromptError where braces are open."""
    try:
        found = [name for _text, name, _form, _as in string.Formatter().parse(prompt) if name]
    except ValueError as error:
        raise PromptError([Fault("/base_prompt", "broken_braces", str(error))]) from error
    return list(dict.fromkeys(found))


def fill(prompt: str, variables: Mapping[str, Any]) -> str:
    """The prompt with its variables' values; nothing but names is looked up. Raises PromptError."""
    missing = [name for name in variables_of(prompt) if name not in variables]
    if missing:
        detail = _("The variable %(name)s has no value.")
        raise PromptError(
            [
                Fault(json_pointer(["variables", name]), "missing", detail % {"name": name})
                for name in missing
            ]
        )
    parts = []
    for text, name, _form, _as in string.Formatter().parse(prompt):
        parts += [text, str(variables[name]) if name else ""]
    return "".join(parts)


def personalize(
    *,
    template: ContentTemplate,
    variables: Mapping[str, Any],
    user: User | None = None,
    campaign: Campaign | None = None,
    **fields: Any,
) -> PersonalizedContent:
    """Begin a piece of content from a template, for a member or a campaign, and count the use.

    `fields` are those of the content that are known already. Raises PromptError.
    """
    prompt = fill(template.base_prompt, variables)
    with transaction.atomic():
        ContentTemplate.objects.filter(pk=template.pk).update(usage_count=F("usage_count") + 1)
        return PersonalizedContent.objects.create(
            workspace_id=template.workspace_id,
            user=user,
            campaign=campaign,
            template=template,
            content_type=template.template_type,
            personalized_prompt=prompt,
            variables_used=dict(variables),
            **fields,
        )
