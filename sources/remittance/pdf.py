"""Files that are opened in a process of their own: PDF and XLSX, with bounds on everything."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from sources.arrived import RefusedFile
from sources.remittance.reading import MOST_BYTES
from sources.remittance.xlsx import Sheet

_SECONDS = 20.0
_MOST_OUTPUT = 8 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class PdfText:
    """The visible text of a PDF, line by line."""

    text: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """The cells of the visible sheets of a workbook, as text."""

    sheets: list[Sheet]


async def open_pdf(body: bytes) -> PdfText | RefusedFile:
    """The text of a PDF. One without text (a scan), or over a bound, is refused."""
    found = await _extracted("pdf", body)
    if isinstance(found, RefusedFile):
        return found
    lines = found.get("lines")
    if not isinstance(lines, list):
        return RefusedFile(0, str(found.get("problem") or "The PDF cannot be read."))
    return PdfText("\n".join(str(line) for line in lines).replace("\0", ""))


async def open_xlsx(body: bytes) -> Workbook | RefusedFile:
    """The cells of an XLSX workbook."""
    found = await _extracted("xlsx", body)
    if isinstance(found, RefusedFile):
        return found
    sheets = found.get("sheets")
    if not isinstance(sheets, list):
        return RefusedFile(0, str(found.get("problem") or "The workbook cannot be read."))
    return Workbook([[[str(cell) for cell in row] for row in sheet] for sheet in sheets])


async def _extracted(kind: str, body: bytes) -> dict[str, object] | RefusedFile:
    """What the other process says; it may crash, hang or be killed without harm to this one."""
    if len(body) > MOST_BYTES:
        return RefusedFile(0, "The file is larger than 10 MB.")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); sys.argv = ['x', {kind!r}]; "
        "from sources.remittance.extracting import main; main()",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(body), _SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        return RefusedFile(0, "The file takes too long to read.")
    if process.returncode != 0 or len(output) > _MOST_OUTPUT:
        return RefusedFile(0, "The file is damaged or too complex to read.")
    found = json.loads(output)
    return found if isinstance(found, dict) else RefusedFile(0, "The file cannot be read.")
