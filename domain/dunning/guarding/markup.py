"""The HTML part as a reader sees it, and everything in it that they do not see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS_TEXT = """
p div tr table ul ol li h1 h2 h3 h4 h5 h6 br hr blockquote section article header footer main
body html head title center dl dt dd pre address caption thead tbody tfoot
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_VOID_TEXT = """
br hr img input meta link area base col embed source track wbr
"""
_VOID = frozenset(_VOID_TEXT.split())
_ACTIVE_TEXT = """
script iframe object embed form input button select textarea svg math video audio canvas base
applet s del strike bdo frame frameset link template noscript marquee
"""
_ACTIVE = frozenset(_ACTIVE_TEXT.split())
_ATTRIBUTE_TEXT = ("alt", "title", "aria-label", "summary", "placeholder", "value", "label")
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:(?:0|1px|0?\.\d)(?![\d.]*[1-9])"
    r"|opacity:0?(?:\.0\d*)?(?:;|$)|(?:max-)?(?:height|width):0|text-indent:-\d|mso-hide:all"
    r"|(?:left|top|right|margin-left|margin-top):-\d{2,}|clip:rect|clip-path|transform:"
    r"|unicode-bidi|direction:rtl|-reverse|(?:^|;)order:|line-through|writing-mode"
    r"|color:transparent|line-height:0(?:;|$|px)|filter:"
)
_COLOR = re.compile(r"(?:^|;)color:([^;]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;\s]+)")
_STYLE_TRICKS = re.compile(
    r"content\s*:|display\s*:\s*none|url\s*\(|@import|font-size\s*:\s*0", re.I
)
_WHITE = ("#fff", "#ffffff", "white", "rgb(255,255,255)")


@dataclass(frozen=True, slots=True)
class _Open:
    """An element not closed yet: whether its text is hidden, and its colours."""

    tag: str
    hidden: bool = False
    color: str = ""
    ground: str = ""


_ROOT = _Open("")


@dataclass(slots=True)
class View:
    """What was found: visible lines, hidden pieces, texts of attributes, link targets, tricks.

    The first `preheaders` hidden pieces stand before all visible text: the line that mail programs
    show in the list of messages.
    """

    visible: str = ""
    hidden: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    tricks: list[str] = field(default_factory=list)
    preheaders: int = 0


def view(html: str) -> View:
    """Read an HTML part. Text across inline markup is joined, so that split numbers are whole."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.result.visible = "".join(reader.pieces)
    return reader.result


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.result = View()
        self.pieces: list[str] = []
        self._open: list[_Open] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _ACTIVE:
            self.result.tricks.append(f"<{tag}> element")
        self._style = tag == "style" or (self._style and tag in _VOID)
        self._attributes(tag, values)
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append(" | ")
        if tag not in _VOID:
            self._open.append(_inside(tag, values, self._open[-1] if self._open else _ROOT))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        self._style = self._style and tag != "style"
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if self._style:
            if _STYLE_TRICKS.search(data):
                self.result.tricks.append("style sheet that hides or adds text")
        elif self._open and self._open[-1].tag == "title":
            self.result.attributes.append(data)
        elif self._hidden():
            self._hide(data)
        else:
            self.pieces.append(_spaces(data))

    def handle_comment(self, data: str) -> None:
        if any(char.isalnum() for char in data):
            self.result.tricks.append(f"comment {data.strip()[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        self.result.tricks.append(f"declaration {data[:40]!r}")

    def handle_pi(self, data: str) -> None:
        self.result.tricks.append(f"instruction {data[:40]!r}")

    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1].hidden

    def _hide(self, data: str) -> None:
        first = not any(char.isalnum() for piece in self.pieces for char in piece)
        pure = self.result.preheaders == len(self.result.hidden)
        if first and pure and (12 <= len(data) <= 250 or not data.strip()):
            self.result.preheaders += 1
        self.result.hidden.append(data)

    def _attributes(self, tag: str, values: dict[str, str]) -> None:
        if tag == "meta":
            if values.get("http-equiv", "").casefold() == "refresh":
                self.result.tricks.append("page that moves elsewhere")
            return
        for name, value in values.items():
            if name in _ATTRIBUTE_TEXT or name.startswith("data-"):
                self.result.attributes.append(value)
            elif name in ("href", "src", "background", "action", "srcset", "poster", "cite"):
                self.result.targets.append(value.strip())
            elif name.startswith("on"):
                self.result.tricks.append(f"{name} attribute")
            elif name == "dir" and value.casefold() == "rtl":
                self.result.tricks.append("text set from right to left")
        if re.search(r"url\s*\(", values.get("style", ""), re.I):
            self.result.tricks.append("style that loads something")


def _inside(tag: str, values: dict[str, str], parent: _Open) -> _Open:
    """An element with what it inherits; text in the colour of its ground is hidden."""
    style = re.sub(r"\s+|!important", "", values.get("style", "").casefold())
    color = _COLOR.search(style)
    background = _BACKGROUND.search(style)
    own_color = color[1] if color else values.get("color", "").casefold()
    own_ground = background[1] if background else values.get("bgcolor", "").casefold()
    shade = _shade(own_color) or parent.color
    ground = _shade(own_ground) or parent.ground
    same = bool(shade) and shade == (ground or "white")
    hidden = parent.hidden or "hidden" in values or same or bool(_HIDING.search(style))
    return _Open(tag, hidden, shade, ground)


def _shade(color: str) -> str:
    return "white" if color in _WHITE else color


def _spaces(data: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", data)
