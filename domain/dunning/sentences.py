"""A mail's text as sentences and clauses, in any of the languages that are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.dunning.day_names import MONTH
from domain.dunning.reading_nets.phrases import folded

MOST_SENTENCES = 200
_LONGEST = 600
_STOP = re.compile(
    r"(?<=[.!?…])[\"')\]]*\s+(?=\S)|(?<=[。！？!?])(?=\S)|(?<=;)\s+(?=\S)|\n\s*(?:[-*•·]|\d\)) "
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:no|nr|nrn|inv|mr|mrs|ms|dr|st|ca|approx|inc|ltd|co|corp|bzw|ggf|evtl|inkl|incl|zzgl|"
    r"exkl|sr|sra|srta|art|ref|tel|vs|etc|abs|fa|hr|fr|str|bsp|usw|mme|mm|dott|sig|spett|gent|"
    r"fatt|n|nn|num|pag|ex|exc|sto|att|dpt|acct|dept|ext|est|gmbh & co|fra|bv|rech|rg|ft|dhr|mevr|"
    r"mw|[a-z]))\.$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<![\d.,])(?:\d{1,2}\.)?\d{1,2}\.$")
_MONTH_NEXT = re.compile(rf"(?:{MONTH})\b", re.IGNORECASE)
_TURN = re.compile(
    r"; | (?:-|--|–|—) |,? (?:but|however|though|although|whereas|aber|jedoch|allerdings|sondern|"
    r"mais|toutefois|cependant|pero|sin embargo|no obstante|porem|contudo|tuttavia|maar|echter|"
    r"otherwise|ansonsten|sonst|sinon) |, (?:ma|mas|do|yet) |が、|けれども、|ですが|ものの、"
)
_ASKING = re.compile(
    r"[?？]\W*$|(?:でしょうか|ますか|ですか|ませんか|ないか|ください(?:ますか|ませんか))[。\s]*$"
)
_TAG = re.compile(
    r",\s*(?:ok(?:ay|e|ey)?|right|deal|va bene|oder|gell|vale|de acuerdo|d'accord|hein|ta|viu|hoor|"
    r"no|yeah)\s*[?？]\W*$"
)
_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|morning|hallo|guten (?:tag|"
    r"morgen)|sehr geehrte\w*|lieber?|servus|moin|bonjour|cher|chere|chers|hola|buen[oa]s? (?:dias|"
    r"tardes|dia)|estimad\w+|querid\w+|ola|bom dia|boa tarde|prezad\w+|caro|cara|buongiorno|"
    r"gentil\w+|salve|ciao|beste|geachte|goedemorgen|goedemiddag|dag)\b"
    r"(?:(?: [^\s.!?,]{1,30})?[,!.:]?|(?: [^\s.!?,]{1,30}){0,5}[,!:])\s*"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, folded for comparison, and in clauses; `asks` when it is a question.

    `text` has single spaces; apart from those it stands in the mail.
    """

    at: int
    text: str
    folded: str
    clauses: tuple[str, ...]
    asks: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a plain text in order; greetings alone are left out."""
    found: list[Sentence] = []
    for raw in _pieces(text):
        small = folded(raw)
        if not small.strip() or _GREETING.fullmatch(small):
            continue
        clauses = tuple(part.strip() for part in _TURN.split(small) if part and part.strip())
        asks = _ASKING.search(small) is not None and _TAG.search(small) is None
        found.append(Sentence(len(found), raw, small, clauses or (small,), asks))
        if len(found) == MOST_SENTENCES:
            break
    return tuple(found)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for line in _joined_lines(text):
        start = 0
        for stop in _STOP.finditer(line):
            if _goes_on(line[start : stop.start()], line[stop.end() :]):
                continue
            pieces.append(line[start : stop.start()])
            start = stop.end()
        pieces.append(line[start:])
    return [part for piece in pieces for part in _cut(" ".join(piece.split()))]


def _cut(piece: str) -> list[str]:
    return [piece[n : n + _LONGEST] for n in range(0, len(piece), _LONGEST)]


def _goes_on(before: str, after: str) -> bool:
    """Whether a full stop only ends an abbreviation or an ordinal ("am 16. März")."""
    tail = before[-16:].rstrip("\"')]")
    if _ORDINAL.search(tail):
        return bool(_MONTH_NEXT.match(after) or after[:1].islower())
    return _ABBREVIATED.search(tail) is not None


def _joined_lines(text: str) -> list[str]:
    """Lines, with those put together that were only wrapped."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip()
        if lines and line and lines[-1] and _wrapped(lines[-1], line):
            lines[-1] = f"{lines[-1]}{'' if _unspaced(line[0]) else ' '}{line}"
        else:
            lines.append(line)
    return lines


def _unspaced(char: str) -> bool:
    """Whether a character belongs to a script that is written without spaces."""
    return "\u3040" <= char <= "\u9fff"


def _wrapped(before: str, line: str) -> bool:
    if (
        len(before) > _LONGEST
        or before[-1] in ".!?。！？:："
        or _GREETING.fullmatch(folded(before))
    ):
        return False
    if not line[0].isascii() and not line[0].isalpha():
        return False
    if line[0].islower() or before[-1] in ",、":
        return True
    return len(before) >= 20 or (not before[-1].isascii() and before[-1] in "はがをにでのとも")
