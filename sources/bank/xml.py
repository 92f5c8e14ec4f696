"""XML as a plain tree that knows its lines: no entities, no document types, bounded depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from sources.bank.refusal import MOST_BYTES, Refuse

_DEEPEST = 40
_MOST_NODES = 4_000_000


@dataclass(slots=True)
class Node:
    """An element by its local name."""

    name: str
    space: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *path: str) -> Iterator[Node]:
        """Every element at a path below this one."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def first(self, *path: str) -> Node | None:
        """The first element at a path, if there is one."""
        return next(self.all(*path), None)

    def said(self, *path: str) -> str:
        """The text of the first element at a path, or nothing."""
        found = self.first(*path)
        return " ".join(found.text.split()) if found else ""

    def as_text(self) -> str:
        """The element and what is in it, one piece of text a line with its path's end."""
        lines: list[str] = []
        stack = [(self, "")]
        while stack:
            node, above = stack.pop()
            where = f"{above}/{node.name}" if above else node.name
            told = " ".join(node.text.split())
            if told:
                marks = "".join(f" {name}={value}" for name, value in node.attributes.items())
                lines.append(f"{where}{marks}: {told}")
            stack += [(child, where) for child in reversed(node.children)]
        return "\n".join(lines)


class _Tree:
    """Builds the tree from a parser's events."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.line: Callable[[], int] = lambda: 0
        self._open: list[Node] = []
        self._pieces: list[list[str]] = []
        self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST_NODES:
            raise Refuse(self.line(), "the XML is nested too deep or has too many elements")
        space, _, name = tag.rpartition("}")
        marks = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        node = Node(name, space.removeprefix("{"), self.line(), marks)
        if self._open:
            self._open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self._open.append(node)
        self._pieces.append([])

    def end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._pieces.pop()).replace("\0", " ")

    def data(self, content: str) -> None:
        if self._pieces:
            self._pieces[-1].append(content)

    def close(self) -> None:
        """Nothing is left to do at the end."""


def read_xml(body: bytes) -> Node:
    """The document's root. Raises Refuse for what is no XML, and for entities or a DTD."""
    if len(body) > MOST_BYTES:
        raise Refuse(0, f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    tree = _Tree()
    parser = DefusedXMLParser(target=tree, forbid_dtd=True)
    tree.line = lambda: int(parser.parser.CurrentLineNumber)
    try:
        parser.feed(body)
        parser.close()
    except ParseError as error:
        raise Refuse(error.position[0], f"this is no XML: {str(error.msg)[:100]}") from error
    except DefusedXmlException as error:
        raise Refuse(tree.line(), "the XML declares a document type or entities") from error
    except (ValueError, LookupError) as error:
        raise Refuse(0, "this XML cannot be read") from error
    if tree.root is None:
        raise Refuse(0, "the XML is empty")
    return tree.root
