"""Problems met while one object is read, gathered until all of it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sources.hubspot.moments import day_of
from sources.hubspot.rest.records import Record
from sources.hubspot.values import Problem, ProblemName


class Notes:
    """The problems of one object."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.problems: list[Problem] = []

    def add(self, name: ProblemName, words: str) -> None:
        self.problems.append(Problem(name, self._where, words))

    def day(self, text: str, what: str, zone: str = "UTC") -> date | None:
        """A day, or None: nothing is said, or it is a problem."""
        found = day_of(text, zone) if text else None
        if text and found is None:
            self.add("date_unreadable", f"{what} is {shown(text)}, which is no day")
        return found

    def defined(self, record: Record, names: Iterable[str]) -> None:
        """Note the account's own properties that the object does not know.

        HubSpot leaves a property that is not defined out of its answer and says nothing; one that
        is defined comes, without a value if it has none.
        """
        for name in names:
            if name not in record.properties:
                words = f"there is no property {shown(name)}: correct HUBSPOT_PROPERTIES"
                self.add("property_unknown", words)


def shown(text: str) -> str:
    """A value in a sentence: quoted and cut."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
