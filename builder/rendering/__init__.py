"""Rendering of pages and stylesheets: pure functions over plain values."""

from builder.rendering.inputs import digest_of, inputs_of, renderer_version
from builder.rendering.pages import render_not_found, render_page
from builder.rendering.scripts import PageScript, ScriptTag, section_script
from builder.rendering.site import NavPage, PageInput, RenderedPage, SiteInput
from builder.rendering.stylesheet import render_stylesheet

__all__ = [
    "NavPage",
    "PageInput",
    "PageScript",
    "RenderedPage",
    "ScriptTag",
    "SiteInput",
    "digest_of",
    "inputs_of",
    "render_not_found",
    "render_page",
    "render_stylesheet",
    "renderer_version",
    "section_script",
]
