"""The text of a contract page by page, what was odd about its file, and the bounds of reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. `file_bytes` before and `unpacked_bytes` after decompression."""

    file_bytes: int = 15 * 1024 * 1024
    unpacked_bytes: int = 60 * 1024 * 1024
    parts: int = 2_000
    pages: int = 250
    characters: int = 1_500_000
    table_pages: int = 20
    cpu_seconds: int = 15
    wall_seconds: float = 30.0
    memory_bytes: int = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """Pages of text, lines kept. `oddities` are ids of findings with what a person should know."""

    pages: tuple[str, ...]
    oddities: tuple[tuple[str, str], ...] = ()
