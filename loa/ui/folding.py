"""The templates' loader: it makes each shorter when it is read, so that a page asks Django's engine for less.

What says the same on every page of a language (text, translated words, files of ours) is joined to one piece and drawn
once a language. Variables, which are words of a dictionary or attributes of an object nearly always, are looked up and
escaped the short way, and by Django's own where that finds nothing; templates included by name are looked for once.
"""

import html
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any
from weakref import WeakSet

from django.template import Engine
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Template,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CommentNode, IfNode, LoadNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Loader(cached.Loader):
    """Django's, which keeps what it has read."""

    def __init__(self, engine: Engine, loaders: list[Any]) -> None:
        super().__init__(engine, loaders)
        self._folded = WeakSet[Template]()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Fold a template when it is first asked for."""
        found = super().get_template(template_name, skip)
        if found not in self._folded:
            fold(found.nodelist)
            self._folded.add(found)
        return found


def fold(nodes: NodeList) -> None:
    """Make a list of nodes, and those in them, shorter."""
    shorter: list[Node] = []
    for is_alike, run in groupby((one for one in nodes if not isinstance(one, LoadNode | CommentNode)), _is_alike):
        found = list(run)
        shorter += [Piece(found)] if is_alike and len(found) > 1 else found
    for node in shorter:
        _quicken(node)
        for inside in _inside(node):
            fold(inside)
    nodes[:] = shorter


def _is_alike(node: Node) -> bool:
    """Say whether a node is the same on every page of a language."""
    if isinstance(node, TranslateNode):
        return not (node.asvar or node.noop or node.message_context) and _is_literal(node.filter_expression)
    if isinstance(node, StaticNode):
        return not node.varname and _is_literal(node.path)
    return type(node) is TextNode


def _is_literal(value: FilterExpression) -> bool:
    return not value.filters and (not isinstance(value.var, Variable) or value.var.lookups is None)


def _is_named(node: IncludeNode) -> bool:
    """Say whether it includes one template from the root of all, in the words around it."""
    name = str(node.template.var).strip("'\"")
    return _is_literal(node.template) and not node.isolated_context and not name.startswith(".")


def _inside(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (inside for _, inside in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        inside = getattr(node, name, None)
        if isinstance(inside, NodeList):
            yield inside


def _quicken(node: Node) -> None:
    if type(node) is VariableNode:
        node.__class__ = QuickVariableNode
    elif type(node) is BlockTranslateNode and not (node.plural or node.message_context):
        node.__class__ = QuickBlockTranslateNode
    elif type(node) is IncludeNode and _is_named(node):
        node.__class__ = QuickIncludeNode
    for held in vars(node).values():
        if isinstance(held, FilterExpression):
            _quicken_expression(held)
    if isinstance(node, IfNode):
        for condition, _ in node.conditions_nodelists:
            _quicken_condition(condition)
    if isinstance(getattr(node, "extra_context", None), dict):
        for held in node.extra_context.values():  # type: ignore[attr-defined]  # of `include` and `with`
            _quicken_expression(held)


def _quicken_condition(condition: Any) -> None:
    """Of an `if`: its words are joined by operators that hold one or two others."""
    if isinstance(value := getattr(condition, "value", None), FilterExpression):
        _quicken_expression(value)
    for name in ("first", "second"):
        if (other := getattr(condition, name, None)) is not None:
            _quicken_condition(other)


def _quicken_expression(held: FilterExpression) -> None:
    asked = [argument for _, arguments in held.filters for is_variable, argument in arguments if is_variable]
    for one in (held.var, *asked):
        if type(one) is Variable and one.lookups is not None:
            one.__class__ = QuickVariable


class Piece(Node):
    """Nodes that are the same on every page of a language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.drawn: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        """As it was drawn first."""
        key = (get_language(), context.autoescape)
        if key not in self.drawn:
            self.drawn[key] = "".join(str(one.render_annotated(context)) for one in self.nodes)
        return self.drawn[key]


_NOT_SO = (LookupError, TypeError, AttributeError, ValueError)  # after these Django looks in another way


class QuickVariable(Variable):
    """A variable that is nearly always a word of a dictionary or an attribute."""

    __slots__ = ()  # it takes the place of Django's own

    def _resolve_lookup(self, context: Context) -> Any:
        names = iter(self.lookups or ())
        name = next(names)
        for known in reversed(context.dicts):
            if name in known:
                current = known[name]
                break
        else:
            if hasattr(context, name):
                return _by_django(self, context)
            raise VariableDoesNotExist("Failed lookup for key [%s]", (name,))
        try:
            for name in names:
                current = current[name] if isinstance(current, dict) else _attribute(current, name)
        except _NOT_SO:
            return _by_django(self, context)
        except Exception as error:
            if getattr(error, "silent_variable_failure", False):
                return _by_django(self, context)
            raise  # what was asked failed, and is not asked twice
        return _by_django(self, context) if callable(current) else current


_by_django: Callable[[Variable, Context], Any] = vars(Variable)["_resolve_lookup"]


def _attribute(of: Any, name: str) -> Any:
    """Raises LookupError for what Django would ask for its items first, or would call."""
    if hasattr(type(of), "__getitem__") or callable(of):
        raise LookupError
    return getattr(of, name)


class QuickVariableNode(VariableNode):
    """A variable that is text nearly always."""

    def render(self, context: Context) -> str:
        """Escaped where it is not safe."""
        found = self.filter_expression.resolve(context)
        if type(found) is SafeString:
            return found
        if type(found) is str and context.autoescape:
            return html.escape(found)
        return render_value_in_context(found, context)


class QuickBlockTranslateNode(BlockTranslateNode):
    """A sentence with words put in, whose pattern is the same each time."""

    def render(self, context: Context, nested: bool = False) -> str:
        """As Django's draws it; what cannot be put in is its affair."""
        if nested:
            return str(super().render(context, nested=True))
        pattern, names = self._pattern()
        values = {name: one.resolve(context) for name, one in self.extra_context.items()}
        with context.push(values):
            said = {name: render_value_in_context(context[name], context) for name in names if name in context}
        try:
            found = translation.gettext(pattern) % said
        except (KeyError, ValueError):  # of a name that is missing too
            return str(super().render(context))
        if not self.asvar:
            return found
        context[self.asvar] = SafeString(found)
        return ""

    def _pattern(self) -> tuple[str, list[str]]:
        known: tuple[str, list[str]] | None = getattr(self, "pattern", None)
        if known is None:
            self.pattern = known = self.render_token_list(self.singular)
        return known


class QuickIncludeNode(IncludeNode):
    """Another template by its name."""

    def render(self, context: Context) -> SafeString:
        """Look for it once."""
        found: Template | None = getattr(self, "found", None)
        if found is None:
            around: Any = context.template  # there is one while it is drawn
            self.found = found = around.engine.get_template(self.template.resolve(context))
        values = {name: one.resolve(context) for name, one in self.extra_context.items()}
        with context.push(**values):
            return found.render(context)
