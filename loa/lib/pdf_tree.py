"""Clean markup as a tree of plain values, which a template draws without ever reading a word of it as code.

A node is a text or {"t": tag, "c": nodes}, a link with "to", a cell with its place in the grid.
"""

from html.parser import HTMLParser
from typing import Any, TypeAlias

Node: TypeAlias = "str | dict[str, Any]"

_BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "figure", "figcaption", "hr", "table"}
_KEPT = _BLOCKS | {"strong", "em", "a", "cite", "li", "caption", "tr", "th", "td"}
_VOID = {"br", "hr", "img"}
_DEEPEST = 12  # Typst follows some eighty calls; nobody nests lists deeper than this on purpose
_MOST_COLUMNS = 16
_LONGEST_LINK = 2_000  # letters; Typst sets nothing at all where one has more than 8,000 bytes


class _Tree(HTMLParser):
    """Builds the nodes; an element that is not kept lends its children to its parent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Node] = []
        self.open: list[tuple[str, list[Node]]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        inside = self.open[-1][1]
        if tag in _VOID:
            sides = {side: _number(values.get(side)) for side in ("width", "height")} if tag == "img" else {}
            inside.append({"t": tag, "src": values.get("src", ""), "alt": values.get("alt", ""), **sides})
        elif tag in _KEPT and len(self.open) <= _DEEPEST:
            node: dict[str, Any] = {"t": tag, "c": []}
            if tag == "a":
                to = values.get("href", "")
                node["to"] = to if len(to) <= _LONGEST_LINK else ""
            if tag in ("td", "th"):
                node |= {"across": _number(values.get("colspan")), "down": _number(values.get("rowspan"))}
            if tag == "ol":
                node["start"] = _number(values.get("start"))
            inside.append(node)
            self.open.append((tag, node["c"]))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self.open]
        if tag in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        words = " ".join(f"x{data}x".split())[1:-1]  # white space becomes one space, at the ends too
        if words:
            self.open[-1][1].append(words)


def _number(text: str | None) -> int:
    return min(int(text), 9999) if text and text.isascii() and text.isdecimal() and int(text) else 1


def tree(html: str) -> list[Node]:
    """The nodes of clean markup; words that stand in no block get a paragraph."""
    parser = _Tree()
    parser.feed(html)
    parser.close()
    return [_settled(node) for node in _in_blocks(parser.root)]


def _in_blocks(nodes: list[Node]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    loose: list[Node] = []
    for node in [*nodes, {"t": "hr"}]:
        if not isinstance(node, str) and node["t"] in _BLOCKS:
            if any(not isinstance(one, str) or one.strip() for one in loose):
                blocks.append({"t": "p", "c": loose})
            loose = []
            blocks.append(node)
        else:
            loose.append(node)
    return blocks[:-1]


def _settled(node: Node) -> Node:
    """A node with its tables laid on a grid and its items in blocks."""
    if isinstance(node, str) or "c" not in node:
        return node
    if node["t"] == "table":
        return _table(node)
    if node["t"] in ("ul", "ol"):
        items = [one for one in node["c"] if not isinstance(one, str) and one["t"] == "li"]
        return {**node, "c": [{"t": "li", "c": [_settled(one) for one in _in_blocks(item["c"])]} for item in items]}
    if node["t"] in ("blockquote", "figure"):
        return {**node, "c": [_settled(one) for one in _in_blocks(node["c"])]}
    return {**node, "c": [_settled(one) for one in node["c"]]}


def _table(node: dict[str, Any]) -> Node:
    """Cells with their column and row: what spans too far or lies on another is cut to what is free."""
    rows = [one["c"] for one in node["c"] if not isinstance(one, str) and one["t"] == "tr"]
    named = [one["c"] for one in node["c"] if not isinstance(one, str) and one["t"] == "caption"]
    caption = [_settled(one) for one in named[0]] if named else []
    taken: set[tuple[int, int]] = set()
    cells: list[dict[str, Any]] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in (one for one in row if not isinstance(one, str) and one["t"] in ("td", "th")):
            while (x, y) in taken:
                x += 1
            if x >= _MOST_COLUMNS:
                break
            across = 1
            while across < min(cell["across"], _MOST_COLUMNS - x) and (x + across, y) not in taken:
                across += 1
            down = min(cell["down"], len(rows) - y)
            taken |= {(x + i, y + j) for i in range(across) for j in range(down)}
            content = [_settled(one) for one in cell["c"]]
            cells.append(
                {"x": x, "y": y, "across": across, "down": down, "is_head": cell["t"] == "th", "c": content}
            )  # fmt: skip
            x += across
    columns = max((cell["x"] + cell["across"] for cell in cells), default=0)
    return {"t": "table", "columns": columns, "caption": caption, "cells": cells}


def words_in(nodes: list[Node]) -> str:
    """The words of nodes, one after another."""
    return "".join(node if isinstance(node, str) else words_in(node.get("c", [])) for node in nodes)


def pictures_in(nodes: list[Node]) -> list[dict[str, Any]]:
    """The picture nodes of a tree, in order; the caller says what each is drawn from."""
    found: list[dict[str, Any]] = []
    for node in nodes:
        if not isinstance(node, str):
            found += [node] if node["t"] == "img" else pictures_in([*node.get("caption", []), *node.get("c", [])])
            found += [one for cell in node.get("cells", []) for one in pictures_in(cell["c"])]
    return found
