"""Cash by week: what came in, and what is expected by promises, due dates and usual lateness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import text

from domain.ledger.money import Money
from store.engine import Session

WEEKS_AHEAD = 6
WEEKS_BACK = 12
_HISTORY_DAYS = 180
# A promise names invoices by id, or none of them for the whole balance of its customer.
_EXPECTED = text("""
WITH promised AS (
    SELECT i.id AS invoice_id, min(p.promised_on) AS promised_on
    FROM promise p JOIN invoice i ON i.customer_id = p.customer_id
    WHERE p.state = 'open' AND i.status = 'open' AND i.open_minor > 0
      AND (cardinality(p.invoice_ids) = 0
           OR i.id = ANY(p.invoice_ids))
    GROUP BY i.id
), habit AS (
    SELECT i.customer_id, greatest(0, round(avg(p.received_on - i.due_on)))::int AS days
    FROM application a JOIN payment p ON p.id = a.payment_id JOIN invoice i ON i.id = a.invoice_id
    WHERE p.state <> 'reversed' AND p.received_on >= :since
    GROUP BY i.customer_id
), dated AS (
    SELECT i.currency, i.open_minor,
           coalesce(w.promised_on, i.due_on + coalesce(h.days, 0)) AS expected_on
    FROM invoice i LEFT JOIN promised w ON w.invoice_id = i.id
    LEFT JOIN habit h ON h.customer_id = i.customer_id
    WHERE i.status = 'open' AND i.open_minor > 0
)
SELECT currency, CASE WHEN expected_on < :today THEN -1 ELSE (expected_on - :today) / 7 END,
       sum(open_minor)
FROM dated WHERE expected_on < :until GROUP BY 1, 2 ORDER BY 1, 2
""")
_COLLECTED = text("""
SELECT currency, (:today - received_on) / 7, sum(amount_minor)
FROM payment WHERE state <> 'reversed' AND received_on > :since AND received_on <= :today
GROUP BY 1, 2
""")


@dataclass(frozen=True, slots=True)
class Weeks:
    """Amounts by week in one currency. `past` is open but later than usual already."""

    currency: str
    weeks: tuple[Money, ...]
    past: Money


async def expected_cash(session: Session, today: date) -> list[Weeks]:
    """Open balances by the week in which they are expected, from today on. An estimate."""
    values = {
        "today": today,
        "since": today - timedelta(days=_HISTORY_DAYS),
        "until": today + timedelta(weeks=WEEKS_AHEAD),
    }
    connection = await session.connection()
    found = (await connection.execute(_EXPECTED, values)).all()
    return _by_currency([(c, week, int(minor)) for c, week, minor in found], WEEKS_AHEAD)


async def collected_by_week(session: Session, today: date) -> dict[str, tuple[Money, ...]]:
    """What was received in each of the last weeks, oldest first; the last one ends today."""
    values = {"today": today, "since": today - timedelta(weeks=WEEKS_BACK)}
    connection = await session.connection()
    found = (await connection.execute(_COLLECTED, values)).all()
    rows = [(c, WEEKS_BACK - 1 - ago, int(minor)) for c, ago, minor in found]
    return {made.currency: made.weeks for made in _by_currency(rows, WEEKS_BACK)}


def _by_currency(rows: list[tuple[str, int, int]], count: int) -> list[Weeks]:
    known = {(currency, week): minor for currency, week, minor in rows}
    return [
        Weeks(
            currency,
            tuple(Money(known.get((currency, week), 0), currency) for week in range(count)),
            Money(known.get((currency, -1), 0), currency),
        )
        for currency in sorted({currency for currency, _, _ in rows})
    ]
