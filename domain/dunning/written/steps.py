"""The ladder of a written policy: steps in their phases, each at least a cadence apart."""

from __future__ import annotations

from domain.dunning.policy_values import Channel, DunningStep, Phase, SendMode, Tone
from domain.dunning.reading import DocumentKind
from domain.dunning.written.values import (
    Path,
    PolicyError,
    Raw,
    choice,
    chosen,
    flag,
    key_of,
    listed,
    mapping,
    only,
    whole,
)
from domain.ledger.party import CcMode

_KEYS = (
    "key", "phase", "offset", "tone", "send_mode", "draft_only", "attachments", "channel", "copies",
)  # fmt: skip
PAPERS = {
    "invoice": DocumentKind.INVOICE_COPY,
    "statement": DocumentKind.STATEMENT,
    "tax_form": DocumentKind.TAX_FORM,
}


def steps(
    raw: Raw, cadence: int, path: Path = (), *, spread: bool = False
) -> tuple[DunningStep, ...]:
    """The steps of a policy or a segment. `spread` moves those apart that are too close."""
    items = listed(raw, "steps", path)
    if not items:
        fix = "List at least one overdue step."
        raise PolicyError((*path, "steps"), "there is no step", fix)
    found: list[DunningStep] = []
    for index, item in enumerate(items):
        place = (*path, "steps", index)
        step = _step(mapping(item, place), place, found, cadence, spread=spread)
        if any(step.key == other.key for other in found):
            reason = f"{step.key!r} is used twice"
            raise PolicyError((*place, "key"), reason, "Give it its own name.")
        found.append(step)
    return tuple(found)


def _step(
    item: Raw, path: Path, before: list[DunningStep], cadence: int, *, spread: bool
) -> DunningStep:
    only(item, _KEYS, path)
    phase = choice(Phase, item, "phase", path, Phase.OVERDUE)
    return DunningStep(
        key=key_of(item.get("key", ""), (*path, "key")),
        phase=phase,
        offset=_offset(
            item,
            path,
            [s.offset for s in before if s.phase is phase],
            phase,
            cadence,
            spread=spread,
        ),
        tone=choice(Tone, item, "tone", path, Tone.FRIENDLY),
        send_mode=choice(SendMode, item, "send_mode", path, SendMode.ALWAYS),
        draft_only=flag(item, "draft_only", path, default=False),
        attachments=_papers(item, path),
        channel=chosen(Channel, item["channel"], (*path, "channel")) if "channel" in item else None,
        cc=choice(CcMode, item, "copies", path, CcMode.DEFAULT),
    )


def _offset(
    item: Raw, path: Path, earlier: list[int], phase: Phase, cadence: int, *, spread: bool
) -> int:
    follows = earlier[-1] + cadence if earlier else cadence
    default = {Phase.PRE_DUE: -cadence, Phase.DUE: 0, Phase.OVERDUE: follows}[phase]
    low, high = {Phase.PRE_DUE: (-60, -1), Phase.DUE: (0, 0), Phase.OVERDUE: (1, 250)}[phase]
    offset = whole(item, "offset", path, default=default, low=low, high=high)
    if phase is not Phase.OVERDUE or not earlier or offset >= follows:
        return offset
    if spread:
        return follows
    raise PolicyError(
        (*path, "offset"),
        f"closer than the cadence of {cadence} business days to the step before",
        f"Write at least {follows}, or leave it out.",
    )


def _papers(item: Raw, path: Path) -> tuple[DocumentKind, ...]:
    found: list[DocumentKind] = []
    for index, name in enumerate(listed(item, "attachments", path)):
        kind = PAPERS.get(name) if isinstance(name, str) else None
        if kind is None:
            fix = f"Write one of: {', '.join(PAPERS)}."
            raise PolicyError((*path, "attachments", index), f"{name!r} is not known", fix)
        found.append(kind)
    return tuple(dict.fromkeys(found))
