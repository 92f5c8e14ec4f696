"""A file sent with a form: its name and its bytes, with nothing left open behind it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile

BIGGEST = 900_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of at most BIGGEST bytes; `problem` says why it cannot be used."""

    name: str = ""
    content: bytes = b""
    problem: str = ""


async def sent_file(request: Request) -> Sent:
    """The file of the form's field "file"."""
    found = (await request.form()).get("file")
    try:
        content = await found.read(BIGGEST + 1) if isinstance(found, UploadFile) else b""
    finally:
        await request.close()
    if not isinstance(found, UploadFile) or not content:
        return Sent(problem="Please choose a file with something in it.")
    if len(content) > BIGGEST:
        return Sent(problem="A file may have 900 kB at most.")
    return Sent((found.filename or "")[:200], content)
