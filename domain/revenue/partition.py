"""Events by billed line. A line's postings depend on its own events and on its closes alone.

So the ledger of many lines is the ledgers of each line joined, and one line can be replayed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.revenue.events import Billed, PeriodClosed, PeriodReopened, RevenueEvent

PeriodEvent = PeriodClosed | PeriodReopened


def by_line(events: Sequence[RevenueEvent]) -> dict[str, tuple[RevenueEvent, ...]]:
    """For each billed line (its record) its own events and every period event, in known order.

    What names no known line, and the period events of books without lines, belong to no line.
    """
    lines = {event.record_id for event in events if isinstance(event, Billed)}
    owners = _owners(events, lines)
    found: dict[str, list[RevenueEvent]] = {line: [] for line in sorted(lines)}
    for event in events:
        if isinstance(event, PeriodEvent):
            for stream in found.values():
                stream.append(event)
        elif event.record_id in owners:
            found[owners[event.record_id]].append(event)
    return {line: tuple(stream) for line, stream in found.items()}


def _owners(events: Iterable[RevenueEvent], lines: set[str]) -> dict[str, str]:
    """The line behind each record: a void names a credit, a refund a credit, a credit a line."""
    named = {
        event.record_id: event.of for event in events if not isinstance(event, Billed | PeriodEvent)
    }
    owners = {line: line for line in lines}
    for record in named:
        owner, seen = record, set[str]()
        while owner not in lines and owner in named and owner not in seen:
            seen.add(owner)
            owner = named[owner]
        if owner in lines:
            owners[record] = owner
    return owners
