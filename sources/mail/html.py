"""HTML mail to text: what a reader sees, what was hidden from them, and what is a quotation.

Text nested deeper, or standing further down, than tags are followed counts as hidden.

Tags are read by a linear scan of our own, so that crafted markup (deep nesting, huge tables,
unclosed comments) costs no more than honest markup; inscriptis lays out what remains.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

_QUOTE_OPEN, _QUOTE_CLOSE, _CELL = "\ue000", "\ue001", "\ue002"
_MARKS = dict.fromkeys(map(ord, _QUOTE_OPEN + _QUOTE_CLOSE + _CELL))
_MAX_DEPTH, _MAX_TAGS, _MAX_TAG = 50, 16_000, 4_000
_START = re.compile(r"<(?=/?[a-zA-Z]|[!?])")
_ANY_TAG = re.compile(r"<[^<>]{0,4000}>")
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:]{0,20}")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z-]{1,30})(?:\s{0,20}=\s{0,20}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|"
    r"([^\s>]{0,500})))?"
)
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "base", "col", "wbr", "area"))
_RAW = frozenset(("script", "style", "title", "head", "noscript", "template", "textarea", "svg"))
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table")
)
_KEPT = _BLOCKS - {"table"} | {"br"}
_CLOSED_BY = {"li": {"li"}, "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr", "td", "th"}}
_HIDING = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|font-size:[01]?(?:\.\d+)?(?:px|pt|em|%)?(?:;|$)"
    r"|opacity:0(?:\.0+)?(?:;|$)|max-height:0|text-indent:-\d{3,}|left:-\d{3,}|font:0"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;]{1,40})")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]{1,60})")
_QUOTE_CLASS = re.compile(r"gmail_quote|yahoo_quoted|moz-cite|protonmail_quote|zmail_extra")


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered mail body. Quoted lines begin with "> "."""

    text: str
    hidden: str


@dataclass(slots=True)
class _Element:
    tag: str
    hidden: bool
    quote: bool
    colour: str
    background: str

    @property
    def invisible(self) -> bool:
        """Whether its own text cannot be seen; inner text may have another colour."""
        return self.hidden or self.colour == self.background


@dataclass(slots=True)
class _Scan:
    out: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    stack: list[_Element] = field(default_factory=list)
    too_deep: int = 0
    row_begun: bool = False

    @property
    def top(self) -> _Element:
        return self.stack[-1] if self.stack else _Element("", False, False, "#000000", "#ffffff")

    def text(self, raw: str) -> None:
        if self.top.invisible or self.too_deep:
            self.hidden.append(html.unescape(raw).translate(_MARKS))
        else:
            self.out.append(html.escape(html.unescape(raw).translate(_MARKS), quote=False))

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        self._close_implied(tag)
        if len(self.stack) >= _MAX_DEPTH:
            self.too_deep += tag not in _VOID
            return
        element = _element(tag, attributes, self.top)
        if not element.hidden:
            self._emit_open(tag, element)
        if tag not in _VOID:
            self.stack.append(element)

    def _emit_open(self, tag: str, element: _Element) -> None:
        if element.quote and not self.top.quote:
            self.out.append(f"<div>{_QUOTE_OPEN}</div>")
        if tag in ("td", "th"):
            self.out.append(f" {_CELL} " if self.row_begun else " ")
            self.row_begun = True
        elif tag in ("tr", "table"):
            self.out.append("<br>")
            self.row_begun = False
        elif tag in _KEPT:
            self.out.append(f"<{tag}>")

    def close(self, tag: str) -> None:
        if self.too_deep:
            self.too_deep -= 1
            return
        if not any(element.tag == tag for element in self.stack):
            return
        while self._pop() != tag:
            pass

    def finish(self) -> None:
        while self.stack:
            self._pop()

    def _pop(self) -> str:
        element = self.stack.pop()
        if not element.hidden:
            if element.tag in _KEPT:
                self.out.append(f"</{element.tag}>")
            elif element.tag in ("tr", "table"):
                self.out.append("<br>")
            if element.quote and not self.top.quote:
                self.out.append(f"<div>{_QUOTE_CLOSE}</div>")
        return element.tag

    def _close_implied(self, tag: str) -> None:
        closing = _CLOSED_BY.get(tag, set())
        while self.stack and self.top.tag in closing:
            self._pop()
        if tag in _BLOCKS and self.top.tag == "p":
            self._pop()


def _element(tag: str, attributes: dict[str, str], parent: _Element) -> _Element:
    style = re.sub(r"\s|!important", "", attributes.get("style", "").lower())
    colour = _COLOUR.search(style)
    background = _BACKGROUND.search(style)
    fore = _rgb(colour.group(1) if colour else attributes.get("color", ""), parent.colour)
    back = _rgb(
        background.group(1) if background else attributes.get("bgcolor", ""), parent.background
    )
    hidden = "hidden" in attributes or _HIDING.search(style) is not None
    quote = bool(
        (tag == "blockquote" and attributes.get("type", "").lower() == "cite")
        or _QUOTE_CLASS.search(attributes.get("class", "")) is not None
    )
    quote = quote and tag in ("blockquote", "div")
    return _Element(tag, parent.hidden or hidden, parent.quote or quote, fore, back)


def _rgb(text: str, inherited: str) -> str:
    """A colour as #rrggbb where it is written in a usual way, else the text itself."""
    value = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(digit * 2 for digit in value[1:])
    numbers = re.fullmatch(r"rgb\((\d{1,3}),(\d{1,3}),(\d{1,3})\)", value)
    if numbers:
        return "#" + "".join(f"{min(int(n), 255):02x}" for n in numbers.groups())
    named = {
        "white": "#ffffff",
        "black": "#000000",
        "transparent": inherited,
        "windowtext": "#000000",
    }
    return named.get(value, value or inherited)


def read_html(markup: str) -> Page:
    """Render HTML to text. Linear in the size of `markup`; never fails on broken markup."""
    scan = _Scan()
    at = 0
    for _ in range(_MAX_TAGS):
        start = _START.search(markup, at)
        if start is None:
            scan.text(markup[at:])
            break
        scan.text(markup[at : start.start()])
        at = _tag(scan, markup, start.start())
    else:
        scan.hidden.append(html.unescape(_ANY_TAG.sub(" ", markup[at:])).translate(_MARKS))
    scan.finish()
    hidden = re.sub(r"\s+", " ", " ".join(scan.hidden)).strip()
    return Page(_layout("".join(scan.out)), hidden)


def _tag(scan: _Scan, markup: str, start: int) -> int:
    """Read what begins with "<" at `start`; the position after it."""
    if markup.startswith("<!--", start):
        return _after(markup, "-->", start)
    name = _NAME.match(markup, start + 1)
    end = _after(markup, ">", start)
    if name is None:
        return end
    tag = name.group(0).lower()
    if tag.startswith("/"):
        scan.close(tag[1:])
    elif tag in _RAW:
        return _after(markup, ">", _skip(markup, tag, end))
    else:
        inside = markup[name.end() : min(end, start + _MAX_TAG)]
        scan.open(tag, _attributes(inside))
    return end


def _attributes(text: str) -> dict[str, str]:
    return {
        match.group(1).lower(): html.unescape(
            match.group(2) or match.group(3) or match.group(4) or ""
        )
        for match in _ATTRIBUTE.finditer(text)
    }


def _after(markup: str, needle: str, start: int) -> int:
    found = markup.find(needle, start)
    return len(markup) if found < 0 else found + len(needle)


def _skip(markup: str, tag: str, start: int) -> int:
    """Where the closing tag of an element that is never shown begins; its end if it is missing."""
    closing = re.compile(f"</{tag}", re.IGNORECASE).search(markup, start)
    return closing.start() if closing else len(markup)


def _layout(clean: str) -> str:
    config = ParserConfig(css=CSS_PROFILES["strict"].copy(), display_links=False)
    rendered = get_text(f"<html><body>{clean}</body></html>", config) if clean.strip() else ""
    joined = re.sub(rf"[ \t\n]{{0,50}}{_CELL}[ \t\n]{{0,50}}", _CELL, rendered)
    lines: list[str] = []
    quoting = False
    for line in joined.split("\n"):
        if _QUOTE_OPEN in line or _QUOTE_CLOSE in line:
            quoting = line.rfind(_QUOTE_OPEN) > line.rfind(_QUOTE_CLOSE)
            continue
        cells = line.strip(_CELL + " ").replace(_CELL, "\t").rstrip()
        lines.append(f"> {cells}" if quoting else cells)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
