"""Writes a function of Python for a list of template nodes that Django has parsed.

The context is kept as Django keeps it (a loop pushes its variable and its `forloop`), and names are
read from local variables beside it: `props` once at the start of the function, a loop's variable as
Python's loop gives it. Whenever something is not what was reckoned with, the node that Django made
takes over for that one place, and finds its context as it should be. After a node that may have
set a variable (any that is not known) the local variables are read anew.
"""

import keyword
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any, Final

from django.template import Node, Template, VariableDoesNotExist
from django.template.base import FilterExpression, TextNode, Variable, VariableNode
from django.template.context import Context
from django.template.defaulttags import FirstOfNode, ForNode, IfNode, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, IncludeNode
from django.templatetags.i18n import TranslateNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from builder.rendering.markup import READ_ONLY, inline, paragraphs
from builder.rendering.piece import Piece

Written = Callable[[Context], SafeString]

# Filters of a text that escape what they are given.
_FILTERS: Final = {inline: "inline", paragraphs: "paragraphs"}
_OPERATORS: Final = frozenset(
    ["==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not", "and", "or"]
)
# What of `forloop` a loop of Python's knows by itself.
_LOOP: Final = {"first": "{i} == 0", "last": "{i} == {n} - 1"}
# Python nests only so many blocks; what stands deeper is Django's.
_DEEPEST: Final = 12


def missing() -> None:
    """Stand for a name that is not there: like all that can be called, it is Django's to judge."""


def root(dicts: Sequence[dict[str, Any]], name: str) -> Any:
    """What a name without dots stands for in a context."""
    for values in reversed(dicts):
        if name in values:
            return values[name]
    return missing


def walk(value: Any, *names: str) -> Any:
    """What a name's further parts lead to, where they are not all plain attributes."""
    try:
        for name in names:
            value = value[name] if type(value) is dict else getattr(value, name)
    except Exception:  # noqa: BLE001  whatever it is, Django knows what to make of it
        return missing
    return value


def holds(condition: Any, context: Context) -> Any:
    """A condition as `{% if %}` takes it."""
    try:
        return condition.eval(context)
    except VariableDoesNotExist:
        return None


def include(node: IncludeNode, name: str, context: Context) -> str:
    """`{% include "name" with … %}` of a template that is named in so many letters."""
    own: Any = context.template
    template: Template = own.engine.get_template(name)
    values = {key: value.resolve(context) for key, value in node.extra_context.items()}
    with context.push(**values):
        return template.render(context)


def shown(value: Any) -> str:
    """What a tag's result is in a page."""
    return value if type(value) is SafeString else conditional_escape(value)


_GIVEN: Final = {
    "SafeString": SafeString, "escape": escape, "holds": holds, "include": include,
    "inline": inline, "paragraphs": paragraphs, "root": root, "shown": shown, "walk": walk,
}  # fmt: skip


def written(nodes: Sequence[Node]) -> Written:
    """The function that renders the nodes in a context that escapes."""
    writer = _Writer()
    writer.nodes(nodes)
    names = {**_GIVEN, **writer.objects}
    exec(compile(writer.source(), "<template>", "exec"), names)  # noqa: S102  our own templates
    function: Written = names["render"]
    return function


class _Writer:
    """Lines of Python, and the objects that they name."""

    def __init__(self) -> None:
        self.objects: dict[str, Any] = {}
        # A line, or the local variables that are to be read anew there.
        self._lines: list[tuple[int, str | dict[str, str]]] = []
        self._depth, self._count = 1, 0
        self._roots: dict[str, str] = {}
        # Of each loop around: the name and local of its variable, those of its index and length.
        self._loops: list[tuple[str, str, str, str]] = []

    def source(self) -> str:
        found = ["def render(context):", " dicts = context.dicts", " out = []", " add = out.append"]
        found += [f" {local} = root(dicts, {name!r})" for name, local in self._roots.items()]
        for depth, line in self._lines:
            if isinstance(line, str):
                found.append(" " * depth + line)
            else:
                read = {**self._roots, **line}
                found += [" " * depth + f"{read[name]} = root(dicts, {name!r})" for name in read]
        return "\n".join([*found, " return SafeString(''.join(out))", ""])

    def nodes(self, nodes: Sequence[Node]) -> None:
        self._line("pass")
        for node in nodes:
            self._node(node)

    def _node(self, node: Node) -> None:
        if isinstance(node, TextNode):
            self._line(f"add({node.s!r})")
        elif self._depth > _DEEPEST:
            self._djangos(node)
        elif type(node) is VariableNode:
            self._variable(node)
        elif type(node) is IfNode:
            self._if(node)
        elif type(node) is ForNode:
            self._for(node)
        elif isinstance(node, Piece):
            self._piece(node)
        elif type(node) is SimpleNode:
            self._simple(node)
        elif type(node) is IncludeNode and isinstance(node.template.var, str) and _kept(node):
            self._line(f"add(include({self._object(node)}, {node.template.var!r}, context))")
        else:
            self._djangos(node)

    def _djangos(self, node: Node) -> None:
        """Let Django's node do it; after one that may set variables, read them anew."""
        self._line(f"add({self._object(node)}.render_annotated(context))")
        if not _sets_nothing(node):
            self._again()

    def _again(self) -> None:
        self._lines.append((self._depth, {name: local for name, local, _i, _n in self._loops}))

    def _variable(self, node: VariableNode) -> None:
        expression = node.filter_expression
        value = self._value(expression, filters=True)
        change = _change(expression)
        if value is None or change is None:
            self._djangos(node)
            return
        own = f"{self._object(node)}.render_annotated(context)"
        if change == "escape":
            own = f"{value} if type({value}) is SafeString else {own}"
        self._line(f"add({change}({value}) if type({value}) is str else {own})")

    def _if(self, node: IfNode) -> None:
        depth = self._depth
        for condition, nodes in node.conditions_nodelists:
            if condition is None:
                self.nodes(nodes)
                break
            self._line(f"if {self._condition(condition)}:")
            with self._within():
                self.nodes(nodes)
            self._line("else:")
            self._depth += 1
            self._line("pass")
        self._depth = depth

    def _condition(self, condition: Any) -> str:
        """The name of a condition's value, worked out beforehand."""
        operands: list[str] = []
        told = self._told(condition, operands)
        if told is None:
            return f"holds({self._object(condition)}, context)"
        whole, result = self._object(condition), self._name()
        odd = " or ".join(f"callable({each})" for each in operands) or "False"
        self._line("try:")
        self._line(f" {result} = holds({whole}, context) if {odd} else {told}")
        self._line("except Exception:")
        self._line(f" {result} = holds({whole}, context)")
        return result

    def _told(self, test: Any, operands: list[str]) -> str | None:
        """A condition in Python; `operands` gets the names of what it compares."""
        expression = getattr(test, "value", None)
        if isinstance(expression, FilterExpression):
            known = _literal(expression)
            if known is not None:
                return self._object(known)
            value = self._value(expression)
            operands += [value] if value else []
            return value
        if test.id == "not":
            first = self._told(test.first, operands)
            return None if first is None else f"(not {first})"
        if test.id not in _OPERATORS:
            return None
        both = [self._told(each, operands) for each in (test.first, test.second)]
        return None if None in both else f"({both[0]} {test.id} {both[1]})"

    def _for(self, node: ForNode) -> None:
        sequence: Any = node.sequence
        inner: Any = node.nodelist_loop
        values = None
        if len(node.loopvars) == 1 and not node.is_reversed and not len(node.nodelist_empty):
            values = self._value(sequence)
        if values is None or self._depth > _DEEPEST - 4:
            self._djangos(node)
            return
        scope, index, count, one = (self._name() for _ in range(4))
        own, before = node.loopvars[0], len(self._lines)
        self._line(f"if type({values}) is not tuple and type({values}) is not list:")
        self._line(f" add({self._object(node)}.render_annotated(context))")
        self._line(f"elif {values}:")
        with self._within():
            self._line(f"{count} = len({values})")
            self._line(f"{scope} = {{'forloop': {{'parentloop': context.get('forloop', {{}})}}}}")
            self._line(f"dicts.append({scope})")
            self._line("try:")
            with self._within():
                self._line(f"for {index}, {one} in enumerate({values}):")
                with self._within():
                    self._loop(scope, index, count, f"{scope}[{own!r}] = {one}")
                    self._loops.append((own, one, index, count))
                    self.nodes(inner)
                    self._loops.pop()
            self._line("finally:")
            self._line(" dicts.pop()")
        if any(isinstance(line, dict) for _depth, line in self._lines[before:]):
            self._again()  # what was set within the loop has gone with it

    def _loop(self, scope: str, index: str, count: str, one: str) -> None:
        """What a loop's context says of each round."""
        self._line(one)
        self._line(
            f"{scope}['forloop'].update(counter0={index}, counter={index} + 1, "
            f"revcounter={count} - {index}, revcounter0={count} - {index} - 1, "
            f"first={index} == 0, last={index} == {count} - 1)"
        )

    def _piece(self, node: Piece) -> None:
        value = self._value(node.expression)
        own = self._object(node)
        if value is None:
            self._line(f"add({own}.render(context))")
            return
        plain = f"{own}.write({value}, context)"
        self._line(f"add({own}.render(context) if callable({value}) else {plain})")

    def _simple(self, node: SimpleNode) -> None:
        """A tag that is a function which only looks at its arguments and the context."""
        if not _sets_nothing(node):
            self._djangos(node)
            return
        operands: list[str] = []
        given = [self._argument(each, operands) for each in node.args]
        named = {key: self._argument(each, operands) for key, each in node.kwargs.items()}
        if None in given or None in named.values():
            self._djangos(node)
            return
        given = [*(["context"] if node.takes_context else []), *given]
        told = ", ".join([*map(str, given), *(f"{key}={value}" for key, value in named.items())])
        result = f"shown({self._object(node.func)}({told}))"
        odd = " or ".join(f"callable({each})" for each in operands) or "False"
        self._line(f"add({self._object(node)}.render(context) if {odd} else {result})")

    def _argument(self, expression: FilterExpression, operands: list[str]) -> str | None:
        known = _literal(expression)
        if known is not None:
            return self._object(known)
        value = self._value(expression)
        operands += [value] if value else []
        return value

    def _value(self, expression: FilterExpression, *, filters: bool = False) -> str | None:
        """The name of a variable's value as it is, `missing` for what is odd; None: Django's."""
        variable = expression.var
        if not isinstance(variable, Variable) or variable.lookups is None or variable.translate:
            return None
        if expression.filters and not filters:
            return None
        first, *rest = variable.lookups
        loop = self._loops[-1] if self._loops else None
        if first == "forloop" and loop and rest and rest[0] in _LOOP and len(rest) == 1:
            return f"({_LOOP[rest[0]].format(i=loop[2], n=loop[3])})"
        local = self._local(first)
        if not rest:
            return local
        value = self._name()
        parts = ", ".join(repr(each) for each in rest)
        if all(map(_is_attribute, rest)):
            self._line("try:")
            self._line(f" {value} = {local}.{'.'.join(rest)}")
            self._line("except Exception:")
            self._line(f" {value} = walk({local}, {parts})")
        else:
            self._line(f"{value} = walk({local}, {parts})")
        return value

    def _local(self, name: str) -> str:
        for own, local, _index, _count in reversed(self._loops):
            if own == name:
                return local
        if name not in self._roots:
            self._roots[name] = f"root_{len(self._roots)}"
        return self._roots[name]

    def _object(self, value: Any) -> str:
        name = f"object_{len(self.objects)}"
        self.objects[name] = value
        return name

    def _name(self) -> str:
        self._count += 1
        return f"value_{self._count}"

    def _line(self, line: str) -> None:
        self._lines.append((self._depth, line))

    @contextmanager
    def _within(self) -> Iterator[None]:
        self._depth += 1
        yield
        self._depth -= 1


def _change(expression: FilterExpression) -> str | None:
    """By which function a text becomes part of a page; None for what only Django knows."""
    if not expression.filters:
        return "escape"
    ((function, arguments), *others) = expression.filters
    return None if arguments or others else _FILTERS.get(function)


def _literal(expression: FilterExpression) -> Any:
    """The text or number that an expression is; None where it is anything else."""
    value = expression.var
    if expression.filters:
        return None
    if isinstance(value, Variable):
        return None if value.translate else value.literal
    return value


def _kept(node: IncludeNode) -> bool:
    """Whether the included template sees the whole context."""
    return not (node.isolated_context or node.template.filters)


def _sets_nothing(node: Node) -> bool:
    """Whether a node is known to leave the context's variables as they are."""
    if isinstance(node, SimpleNode):
        return node.func in READ_ONLY and node.target_var is None
    if isinstance(node, FirstOfNode | TranslateNode):
        return node.asvar is None
    # What these set is gone when they end.
    return isinstance(node, VariableNode | BlockNode | WithNode | IncludeNode | ForNode)


def _is_attribute(name: str) -> bool:
    return name.isascii() and name.isidentifier() and not keyword.iskeyword(name)
