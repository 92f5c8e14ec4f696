"""Bad weather over the sandbox's ERP: each request may be struck, by chance and by seed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from sandbox.netsuite.control.faults import Fault, Faults, Moment, What
from security.chain import digest

RECORDS = "/services/rest/record/v1"
_W, _B, _A = What, Moment.BEFORE, Moment.AFTER


@dataclass(frozen=True, slots=True)
class Chance:
    """A kind of fault, how many of 1,000 requests it strikes, and how long it lasts."""

    name: str
    what: What
    moment: Moment
    per_mille: int
    seconds: float = 0.0


# A delay before the commit is a write that arrives after its caller has given up.
WRITES = (
    Chance("answer lost after the commit", _W.DROP, _A, 40),
    Chance("connection cut before the commit", _W.DROP, _B, 20),
    Chance("500 after the commit", _W.ERROR, _A, 30),
    Chance("500 before the commit", _W.ERROR, _B, 20),
    Chance("502 page after the commit", _W.BAD_GATEWAY, _A, 20),
    Chance("502 page before the commit", _W.BAD_GATEWAY, _B, 20),
    Chance("time-out, committed", _W.DELAY, _A, 15, 1.5),
    Chance("time-out, committed later", _W.DELAY, _B, 15, 1.5),
    Chance("time-out, committed after the last look", _W.DELAY, _B, 5, 5.0),
    Chance("429", _W.THROTTLE, _B, 30),
    Chance("token expired", _W.EXPIRE_TOKENS, _B, 5),
)
READS = (
    Chance("read: connection cut", _W.DROP, _B, 4),
    Chance("read: 500", _W.ERROR, _B, 4),
    Chance("read: 502 page", _W.BAD_GATEWAY, _B, 4),
    Chance("read: 429", _W.THROTTLE, _B, 6),
    Chance("read: token expired", _W.EXPIRE_TOKENS, _B, 1),
)


class Weather(Faults):
    """Faults by chance. `struck` counts them; nothing is struck while it is not `bad`."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._dice = random.Random(digest(["weather", seed]))
        self.struck: Counter[str] = Counter()
        self.bad = False

    def matching(self, method: str, path: str) -> list[Fault]:
        if not self.bad or not path.startswith("/services/rest/"):
            return []
        written = method in ("POST", "PATCH") and path.startswith(RECORDS)
        chance = self._drawn(WRITES if written else READS)
        if chance is None:
            return []
        self.struck[chance.name] += 1
        return [_fault(chance, method, path)]

    def _drawn(self, chances: tuple[Chance, ...]) -> Chance | None:
        drawn = self._dice.randrange(1000)
        for chance in chances:
            if drawn < chance.per_mille:
                return chance
            drawn -= chance.per_mille
        return None


def _fault(chance: Chance, method: str, path: str) -> Fault:
    return Faults().add(
        {
            "what": chance.what.value,
            "moment": chance.moment.value,
            "method": method,
            "path": path,
            "seconds": chance.seconds,
        }
    )
