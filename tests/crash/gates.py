"""Gates in the database that hold a worker at a chosen line of its last transaction.

Triggers of the test database wait for an advisory lock that the harness holds while the gate is
closed; the service's own code knows nothing of them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from psycopg import AsyncConnection

_GATES = """
CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7000, TG_ARGV[0]::int);
    RETURN NEW;
END $$;
CREATE TRIGGER gate_mail BEFORE INSERT ON touchpoint
    FOR EACH ROW EXECUTE FUNCTION wait_at_gate(1);
CREATE TRIGGER gate_payment BEFORE UPDATE ON payment
    FOR EACH ROW WHEN (NEW.state = 'posted') EXECUTE FUNCTION wait_at_gate(1);
CREATE TRIGGER gate_invoice BEFORE INSERT ON invoice
    FOR EACH ROW WHEN (NEW.external_id LIKE 'dw-inv-%') EXECUTE FUNCTION wait_at_gate(1);
CREATE TRIGGER gate_event BEFORE INSERT ON outgoing_event
    FOR EACH ROW WHEN (NEW.kind IN ('credit.applied', 'payment.unapplied', 'payment.reversed',
        'customer.refunded', 'journal.posted')) EXECUTE FUNCTION wait_at_gate(1);
CREATE TRIGGER gate_audit BEFORE INSERT ON audit
    FOR EACH ROW WHEN (NEW.action = 'effect.done') EXECUTE FUNCTION wait_at_gate(2);
"""


class Gate(IntEnum):
    """Before anything of the outcome is written; and when all but its last line is."""

    BEFORE_OUTCOME = 1
    WITHIN_OUTCOME = 2


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates of one database, worked from a connection of their own."""

    connection: AsyncConnection[Any]

    @classmethod
    async def install(cls, url: str) -> Gates:
        connection = await AsyncConnection.connect(url, autocommit=True)
        await connection.execute(_GATES)
        return cls(connection)

    async def close(self, gate: Gate) -> None:
        """From now on, whoever comes to the gate waits."""
        await self.connection.execute("SELECT pg_advisory_lock(7000, %s)", (int(gate),))

    async def open(self, gate: Gate) -> None:
        await self.connection.execute("SELECT pg_advisory_unlock(7000, %s)", (int(gate),))

    async def somebody_waits(self, gate: Gate, seconds: float) -> bool:
        """Whether a worker came to the closed gate within `seconds`."""
        for _ in range(int(seconds / 0.01)):
            found = await self.connection.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                " AND classid = 7000 AND objid = %s",
                (int(gate),),
            )
            row = await found.fetchone()
            if row and row[0]:
                return True
            await asyncio.sleep(0.01)
        return False

    async def leave(self) -> None:
        await self.connection.close()
