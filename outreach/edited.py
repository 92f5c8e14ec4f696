"""HTML for text that a person wrote or changed: the same words, nothing else."""

from __future__ import annotations

from outreach.compose import layout


def html_of(text: str, subject: str = "", language: str = "en") -> str:
    """An HTML page that says exactly what `text` says. Lines of cells (" | ") become a table."""
    blocks = [_block(block) for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    page = layout("edited.html.j2").render(blocks=blocks, subject=subject, language=language)
    return page.strip() + "\n"


def _block(block: str) -> list[list[str]]:
    """The cells of each line; a line without cells has one."""
    return [[cell.strip() for cell in line.split(" | ")] for line in block.strip().split("\n")]
