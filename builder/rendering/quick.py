"""Templates of pages, rendered without what Django's engine does for cases that ours have not.

Each list of nodes that Django has parsed becomes one function of Python, written by
`builder.rendering.written`. It reads names and escapes texts by itself, and hands whatever is out
of the ordinary (a callable, a missing name, a tag or filter that it does not know) to the node that
Django made, with the context as Django would have it. So any template works, and its output is the
same, in a fifth of the time.
"""

from typing import Any

from django.template import Node, NodeList, Template
from django.template.base import Origin
from django.template.context import Context
from django.template.defaulttags import ForNode, IfNode
from django.template.loaders import cached
from django.utils.safestring import SafeString

from builder.rendering.written import Written, written


class Loader(cached.Loader):
    """Keeps templates, quickened."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template: Template = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, Nodes):
            template.nodelist = quickened(template.nodelist)
        return template


class Nodes(NodeList):
    """The nodes of a template as Django made them, rendered by the function written for them.

    It is written when it is first wanted: most lists of nodes stand within others, whose function
    writes them too.
    """

    _write: Written | None = None

    def render(self, context: Context) -> SafeString:
        if not context.autoescape or context.template is None:
            return super().render(context)
        if self._write is None:
            self._write = written(self)
        return self._write(context)


def quickened(nodes: NodeList) -> Nodes:
    """The nodes, and in them all lists of nodes that Django's own might render."""
    return Nodes([_quickened(node) for node in nodes])


def _quickened(node: Node) -> Node:
    if isinstance(node, IfNode):
        node.conditions_nodelists = [
            (condition, quickened(nodes)) for condition, nodes in node.conditions_nodelists
        ]
        return node
    if isinstance(node, ForNode):
        loop: Any = node.nodelist_loop
        node.nodelist_loop = quickened(loop)
        otherwise: Any = node.nodelist_empty
        node.nodelist_empty = quickened(otherwise)
        return node
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            setattr(node, name, quickened(inner))
    return node
