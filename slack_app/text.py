"""Text on its way to Slack: nothing in it is markup, a mention or a link unless we say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"<([^<>]{0,4000})>")
_PIECE = 2_900
LONGEST = 11_000


def escaped(text: str, most: int = 2_900) -> str:
    """Text for a field that Slack parses: `<!channel>`, `<@U1>` and `<https://x|y>` stay text.

    https://docs.slack.dev/messaging/formatting-message-text: only &, < and > are special.
    """
    safe = cut(clean(text), most)
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(text: str) -> str:
    """Without control characters and those that turn the direction of writing."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def cut(text: str, most: int) -> str:
    """At most `most` characters, with an ellipsis where something is missing."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def plain(text: str, most: int = 2_900) -> dict[str, object]:
    """A text object that Slack shows as it is."""
    return {"type": "plain_text", "text": cut(clean(text), most) or " ", "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def paragraph(text: str) -> Block:
    return rich([line([words(text)])])


def context(text: str) -> Block:
    return {"type": "context", "elements": [plain(text, 1_900)]}


def divider() -> Block:
    return {"type": "divider"}


def rich(elements: Sequence[Block]) -> Block:
    """Rich text: its pieces are never parsed."""
    return {"type": "rich_text", "elements": list(elements)}


def line(pieces: Sequence[Block]) -> Block:
    return {"type": "rich_text_section", "elements": list(pieces)}


def bullets(lines: Iterable[Sequence[Block]]) -> Block:
    return {"type": "rich_text_list", "style": "bullet", "elements": [line(one) for one in lines]}


def words(text: str, *, bold: bool = False, italic: bool = False) -> Block:
    """A piece of rich text."""
    piece: Block = {"type": "text", "text": cut(clean(text), _PIECE) or " "}
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return piece | ({"style": style} if style else {})


def link(label: str, url: str) -> Block:
    """A link to a page of our own."""
    return {"type": "link", "url": url, "text": cut(clean(label), 200) or url}


def labelled(lines: Iterable[tuple[str, str]]) -> Block:
    """Label and value, a line each."""
    pieces: list[Block] = []
    for name, value in lines:
        pieces += [words(f"{name}: ", bold=True), words(f"{cut(value, 1_500)}\n")]
    return rich([line(pieces or [words(" ")])])


def exact(text: str) -> list[Block]:
    """A text letter by letter, in as many blocks as it needs."""
    safe = clean(text)
    pieces = [safe[at : at + _PIECE] for at in range(0, len(safe), _PIECE)] or [" "]
    return [
        rich([{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": piece}]}])
        for piece in pieces
    ]


def said(text: str, most: int = 8_000) -> str:
    """What somebody typed: without Slack's markup, entities back to characters."""

    def plainly(match: re.Match[str]) -> str:
        address, bar, name = match.group(1).partition("|")
        if bar:
            return name
        return address.removeprefix("mailto:") if address[:1] not in "@#!" else ""

    bare = _MARKUP.sub(plainly, text[: most * 2])
    bare = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return clean(bare).strip()[:most]
