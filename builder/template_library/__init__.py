"""The template library: one folder a template, with its document and its drawings."""

from builder.template_library.library import TemplateDocument, TemplatePage, load

__all__ = ["TemplateDocument", "TemplatePage", "load"]
