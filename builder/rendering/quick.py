"""Templates of pages, rendered without what Django's engine does for cases that ours have not.

A template is parsed by Django; then its variables, conditions, loops and includes are replaced by
nodes that look up names and escape texts directly. Whatever is out of the ordinary (a callable, a
lazy text, a missing name, another filter) is left to the node that Django made, so that the output
is the same, in a third of the time.
"""

from collections.abc import Callable
from html import escape
from typing import Any, Final

from django.template import Node, NodeList, Template
from django.template.base import FilterExpression, Variable, VariableNode
from django.template.context import Context
from django.template.defaulttags import ForNode, IfNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.utils.safestring import SafeString

from builder.rendering.markup import inline, paragraphs

# Filters of a text that escape what they are given.
_FILTERS: Final = frozenset({inline, paragraphs})


class Unusual(Exception):  # noqa: N818  no error: the node that Django made goes on
    """Something that only Django's own node knows how to do."""


class Loader(cached.Loader):
    """Keeps templates, quickened."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template: Template = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, Nodes):
            template.nodelist = quickened(template.nodelist)
        return template


class Nodes(NodeList):
    """Nodes of a template, rendered without notes for an error page."""

    def render(self, context: Context) -> SafeString:
        return SafeString("".join([node.render(context) for node in self]))


class Name:
    """A dotted name, such as `item.title`."""

    __slots__ = ("first", "rest")

    def __init__(self, lookups: tuple[str, ...]) -> None:
        self.first, *rest = lookups
        self.rest = tuple(rest)

    def __call__(self, context: Context) -> Any:
        """What it stands for. Raises `Unusual`."""
        for values in reversed(context.dicts):
            if self.first in values:
                value = values[self.first]
                break
        else:
            raise Unusual
        for name in self.rest:
            try:
                value = value[name] if type(value) is dict else getattr(value, name)
            except (AttributeError, KeyError):
                raise Unusual from None
        if callable(value):
            raise Unusual
        return value


class QuickVariable(Node):
    """`{{ name }}` and `{{ name|inline }}`."""

    def __init__(self, node: VariableNode, name: Name, change: Callable[[str], SafeString]) -> None:
        self.node, self.name, self.change = node, name, change

    def render(self, context: Context) -> str:
        try:
            value = self.name(context)
        except Unusual:
            return self.node.render(context)
        # A text that is safe, or none at all, is Django's.
        return self.change(value) if type(value) is str else self.node.render(context)


class QuickIf(Node):
    """`{% if %}`: each condition as a function, None for `else`."""

    def __init__(self, branches: list[tuple[Callable[[Context], Any] | None, Nodes]]) -> None:
        self.branches = branches

    def render(self, context: Context) -> str:
        for condition, nodes in self.branches:
            if condition is None or condition(context):
                return nodes.render(context)
        return ""


class QuickFor(Node):
    """`{% for one in many %}` with its `forloop`."""

    def __init__(self, node: ForNode, many: Name, nodes: Nodes) -> None:
        self.node, self.many, self.nodes = node, many, nodes
        self.one = node.loopvars[0]

    def render(self, context: Context) -> str:
        try:
            values = self.many(context)
        except Unusual:
            return self.node.render(context)
        if not isinstance(values, list | tuple):
            return self.node.render(context)
        found: list[str] = []
        count = len(values)
        with context.push():
            loop = context["forloop"] = {"parentloop": context.get("forloop", {})}
            for index, value in enumerate(values):
                loop.update(
                    counter0=index, counter=index + 1, revcounter=count - index,
                    revcounter0=count - index - 1, first=index == 0, last=index == count - 1,
                )  # fmt: skip
                context[self.one] = value
                found += [node.render(context) for node in self.nodes]
        return "".join(found)


class QuickInclude(Node):
    """`{% include "name" with … %}` of a template that is named in so many letters."""

    def __init__(self, node: IncludeNode, name: str) -> None:
        self.node, self.name = node, name

    def render(self, context: Context) -> str:
        template = page_template(context, self.name)
        values = {name: var.resolve(context) for name, var in self.node.extra_context.items()}
        with context.push(**values):
            return template.nodelist.render(context)


def page_template(context: Context, name: str) -> Template:
    """A template of the engine that the context's own is of."""
    own: Any = context.template
    found: Template = own.engine.get_template(name)
    return found


def quickened(nodes: NodeList) -> Nodes:
    """The nodes, each replaced by a quick one where there is one."""
    return Nodes([_quickened(node) for node in nodes])


def _quickened(node: Node) -> Node:
    if isinstance(node, VariableNode):
        return _variable(node)
    if isinstance(node, IfNode):
        return QuickIf([(_condition(test), quickened(n)) for test, n in node.conditions_nodelists])
    if isinstance(node, ForNode):
        return _for(node)
    if isinstance(node, IncludeNode) and not node.isolated_context:
        name = node.template.var
        if isinstance(name, str):
            return QuickInclude(node, name)
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            setattr(node, name, quickened(inner))
    return node


def _variable(node: VariableNode) -> Node:
    expression = node.filter_expression
    name = _name(expression)
    change = _change(expression)
    return QuickVariable(node, name, change) if name and change else node


def _change(expression: FilterExpression) -> Callable[[str], SafeString] | None:
    """What a text becomes: escaped, or by one of our filters; None for anything else."""
    if not expression.filters:
        return lambda text: SafeString(escape(text))
    ((function, arguments), *others) = expression.filters
    return function if function in _FILTERS and not arguments and not others else None


def _for(node: ForNode) -> Node:
    sequence: Any = node.sequence
    loop: Any = node.nodelist_loop
    node.nodelist_loop = inner = quickened(loop)
    many = _name(sequence) if not sequence.filters else None
    plain = len(node.loopvars) == 1 and not node.is_reversed and not node.nodelist_empty
    return QuickFor(node, many, inner) if many and plain else node


def _condition(test: Any) -> Callable[[Context], Any] | None:
    """A condition as a function, None for `else`; Django's `eval` knows missing names."""
    if test is None:
        return None
    value = getattr(test, "value", None)
    name = _name(value) if isinstance(value, FilterExpression) and not value.filters else None
    if name is None:
        found: Callable[[Context], Any] = test.eval
        return found

    def holds(context: Context) -> Any:
        try:
            return name(context)
        except Unusual:
            return test.eval(context)

    return holds


def _name(expression: FilterExpression) -> Name | None:
    """The dotted name that an expression begins with; None for texts and numbers."""
    variable = expression.var
    if not isinstance(variable, Variable) or variable.lookups is None or variable.translate:
        return None
    return Name(variable.lookups)
