"""Text of HubSpot made fit to be stored."""

from __future__ import annotations


def plain(text: str) -> str:
    """Without surrounding space, and without what PostgreSQL's text cannot hold.

    JSON may hold a NUL and half of a surrogate pair; UTF-8 in PostgreSQL may not.
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode().strip()
