"""What Slack refuses in blocks and views (docs.slack.dev/reference/block-kit/blocks)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_LONGEST = {"section": 3000, "header": 150, "context": 2000}
_MOST_IN_MESSAGE, _MOST_IN_VIEW = 50, 100
_KNOWN = {
    "section", "header", "context", "divider", "actions", "input", "rich_text", "table", "image",
}  # fmt: skip


class BadBlocks(ValueError):
    """Slack does not take these blocks; the message says which and why."""


def check_message(blocks: Sequence[Mapping[str, Any]]) -> None:
    """Raises BadBlocks for blocks that Slack would answer `invalid_blocks` to."""
    if len(blocks) > _MOST_IN_MESSAGE:
        raise BadBlocks("more than 50 blocks")
    _check(blocks)


def check_view(view: Mapping[str, Any]) -> None:
    """Raises BadBlocks for a view that Slack would refuse."""
    blocks = view.get("blocks", [])
    if len(blocks) > _MOST_IN_VIEW:
        raise BadBlocks("more than 100 blocks")
    if view.get("type") == "modal":
        for name in ("title", "submit", "close"):
            if len(str(view.get(name, {}).get("text", ""))) > 24:
                raise BadBlocks(f"the {name} is longer than 24 characters")
    if len(str(view.get("private_metadata", ""))) > 3000:
        raise BadBlocks("private_metadata is longer than 3000 characters")
    _check(blocks)


def _check(blocks: Sequence[Mapping[str, Any]]) -> None:
    if sum(block.get("type") == "table" for block in blocks) > 1:
        raise BadBlocks("only one table in a message")
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        raise BadBlocks("a block_id is there twice")
    for number, block in enumerate(blocks):
        kind = block.get("type")
        if kind not in _KNOWN:
            raise BadBlocks(f"block {number}: {kind}")
        for text in _texts(block):
            if not text:
                raise BadBlocks(f"block {number}: an empty text")
            if len(text) > _LONGEST.get(str(kind), 3000):
                raise BadBlocks(f"block {number}: a text of {len(text)} characters")
        _check_elements(number, block)
        if kind == "table":
            _check_table(number, block)


def _texts(block: Mapping[str, Any]) -> Iterable[str]:
    if isinstance(block.get("text"), Mapping):
        yield str(block["text"].get("text", ""))
    for part in block.get("fields", []):
        yield str(part.get("text", ""))[:2001]
    if block.get("type") == "context":
        for part in block.get("elements", []):
            yield str(part.get("text", "image"))


def _check_elements(number: int, block: Mapping[str, Any]) -> None:
    elements = block.get("elements", []) if block.get("type") == "actions" else []
    seen = [element.get("action_id") for element in elements]
    if len(seen) != len(set(seen)) or len(seen) > 25:
        raise BadBlocks(f"block {number}: action ids")
    for element in elements:
        if len(str(element.get("value", ""))) > 2000:
            raise BadBlocks(f"block {number}: a value of more than 2000 characters")
        if not 0 < len(str(element.get("text", {}).get("text", "-"))) <= 75:
            raise BadBlocks(f"block {number}: the words on a button")
        url = element.get("url")
        if url is not None and not str(url).startswith(("http://", "https://")):
            raise BadBlocks(f"block {number}: a button's address")
    words = block.get("element", {})
    if len(str(words.get("initial_value", ""))) > 3000:
        raise BadBlocks(f"block {number}: an initial value of more than 3000 characters")


def _check_table(number: int, block: Mapping[str, Any]) -> None:
    rows = block.get("rows", [])
    if not rows or len(rows) > 100 or any(not 0 < len(row) <= 20 for row in rows):
        raise BadBlocks(f"block {number}: 1 to 100 rows of 1 to 20 cells")
    if any(not cell.get("text") for row in rows for cell in row if cell["type"] == "raw_text"):
        raise BadBlocks(f"block {number}: an empty cell")
