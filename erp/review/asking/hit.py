"""A check that said yes, before the catalogue gives it words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from erp.review.subject import ReviewSubject


@dataclass(frozen=True, slots=True)
class Hit:
    """What fired, on which part of the draft, with the values for its message."""

    subject: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def hit(subject: str = "", /, **values: object) -> Hit:
    """A hit with values as text."""
    return Hit(subject, {name: str(value) for name, value in values.items()})


Ask = Callable[[ReviewSubject], Iterable[Hit]]
