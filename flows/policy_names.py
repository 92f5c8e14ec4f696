"""What a policy names although no customer has it: a slip there would change nothing in silence."""

from __future__ import annotations

from domain.dunning.ladder import DunningPolicy
from store.engine import Session
from store.known_names import known_names
from store.parties import ids_by_netsuite


async def named_in_vain(session: Session, policy: DunningPolicy) -> list[str]:
    """Customers of overrides, and tags, places and subsidiaries of segments, that nobody has."""
    wanted = [override.netsuite_id for override in policy.overrides]
    ids = await ids_by_netsuite(session, wanted)
    found = [f"the customer {name} of an override" for name in wanted if name not in ids]
    if not policy.segments:
        return found
    known = await known_names(session)
    for segment in policy.segments:
        match, of = segment.match, f"of the segment {segment.name}"
        found += [f"the tag {t} {of}" for t in sorted(match.tags - known.tags)]
        found += [f"the place {p} {of}" for p in sorted(match.places - known.places)]
        strange = sorted(match.subsidiaries - known.subsidiaries)
        found += [f"the subsidiary {s} {of}" for s in strange]
    return found
