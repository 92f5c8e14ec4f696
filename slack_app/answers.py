"""An answer of the agent as a message."""

from __future__ import annotations

from agent.chat import ChatAnswer, Cited, Table
from slack_app.cards import SAY, button
from slack_app.client import Said
from slack_app.text import Block, context, cut, escaped, exact, line, link, paragraph, rich, words

_MOST_TABLES, _MOST_ROWS, _MOST_BUTTONS = 6, 60, 8


def answer_message(answer: ChatAnswer, public_url: str) -> Said:
    """Text, tables, the records behind the figures, and names to pick from."""
    blocks: list[Block] = [paragraph(part) for part in _parts(answer.text)]
    for number, table in enumerate(answer.tables[:_MOST_TABLES]):
        blocks += [context(table.title)] if table.title else []
        blocks += _table(table) if number == 0 else exact(_drawn(table))
    if answer.cited:
        blocks.append(_sources(answer.cited, public_url))
    for name, choices in (("ask", answer.asks), ("suggestion", answer.suggestions)):
        if choices:
            blocks.append(_choices(name, choices))
    if not answer.written_by.startswith("rules"):
        blocks.append(context(f"Written by {answer.written_by}; figures come from the books."))
    return Said(escaped(answer.text, 2_000) or "An answer", blocks[:50])


def _parts(text: str, size: int = 2_800, most: int = 6) -> list[str]:
    pieces = [text[at : at + size] for at in range(0, len(text), size)][:most]
    return pieces or ["There is nothing to say."]


def _table(table: Table) -> list[Block]:
    rows = [table.columns, *table.rows[:_MOST_ROWS]]
    if not table.columns or not table.rows:
        return []
    cells = [[{"type": "raw_text", "text": cut(cell, 300) or "–"} for cell in row] for row in rows]
    more = len(table.rows) - _MOST_ROWS + table.more if len(table.rows) > _MOST_ROWS else table.more
    block: Block = {"type": "table", "rows": [row[:20] for row in cells]}
    return [block, context(f"and {more} more")] if more else [block]


def _drawn(table: Table) -> str:
    rows = [table.columns, *table.rows[:_MOST_ROWS]]
    widths = [max(len(row[n]) for row in rows) for n in range(len(table.columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, *([f"and {table.more} more"] if table.more else [])])


def _sources(cited: tuple[Cited, ...], public_url: str) -> Block:
    pieces: list[Block] = [words("From: ", italic=True)]
    for number, one in enumerate(cited[:12]):
        pieces += [words(", ")] if number else []
        pieces.append(
            link(one.label, f"{public_url}{one.path}") if _ours(one) else words(one.label)
        )
    return rich([line(pieces)])


def _ours(cited: Cited) -> bool:
    return cited.path.startswith("/") and not cited.path.startswith("//")


def _choices(name: str, choices: tuple[str, ...]) -> Block:
    buttons = [
        button(f"{SAY}{name}_{number}", choice, choice[:1_900])
        for number, choice in enumerate(choices[:_MOST_BUTTONS])
    ]
    return {"type": "actions", "block_id": f"choices-{name}", "elements": buttons}
