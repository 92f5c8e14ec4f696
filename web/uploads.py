"""A file sent with a form: its name and its bytes, with nothing left open behind it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile

BIGGEST = 900_000
# What a form may have beside its file.
FORM = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is not too large; `problem` says why it cannot be used."""

    name: str = ""
    content: bytes = b""
    problem: str = ""


async def sent_file(request: Request, most: int = BIGGEST) -> Sent:
    """The file of the form's field "file", of at most so many bytes."""
    found = (await request.form()).get("file")
    try:
        content = await found.read(most + 1) if isinstance(found, UploadFile) else b""
    finally:
        await request.close()
    if not isinstance(found, UploadFile) or not content:
        return Sent(problem="Please choose a file with something in it.")
    if len(content) > most:
        told = f"{most // 10**6} MB" if most >= 10**6 else f"{most // 1000} kB"
        return Sent(problem=f"A file may have {told} at most.")
    return Sent((found.filename or "")[:200], content)
