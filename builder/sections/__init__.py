"""Section types: what a page is made of. A new one is a folder here and nothing else."""

from builder.sections.discovery import registry
from builder.sections.forms import HONEYPOT_FIELD, PATH_FIELD, FormField
from builder.sections.layout import Component, components, form_fields, form_reward, validate_layout
from builder.sections.section import Section

__all__ = [
    "HONEYPOT_FIELD",
    "PATH_FIELD",
    "Component",
    "FormField",
    "Section",
    "components",
    "form_fields",
    "form_reward",
    "registry",
    "validate_layout",
]
