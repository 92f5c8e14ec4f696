"""A whole world on free ports, small, with a receiver in the place of the service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from sandbox.company import Claim, Debtor, Temperament
from sandbox.debtors.replies import WIRE
from sandbox.server import World, start_world
from sandbox.serving import LoopbackServer
from tests.sandbox.receiver import Receiver

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Town:
    """A world and who listens to it."""

    world: World
    receiver: Receiver

    def debtor(self, mood: Temperament) -> tuple[Debtor, list[Claim]]:
        """The first debtor of that temperament that owes something, and its open claims."""
        parts = self.world.parts
        for debtor in parts.company.debtors:
            claims = [c for c in parts.company.claims if c.debtor_id == debtor.id]
            unpaid = [c for c in claims if parts.purse.owed(c).open > 0]
            if debtor.temperament is mood and unpaid:
                return debtor, unpaid
        raise LookupError(mood)

    async def remind(
        self, to: str, *numbers: str, message_id: str = "<m1@larkfield.example>"
    ) -> None:
        """Send a reminder over SMTP, as the service does."""
        settings = self.world.settings
        message = EmailMessage(policy=WIRE)
        message["From"], message["To"] = settings["MAIL_FROM"], to
        message["Reply-To"] = "ar+t.thread1@larkfield.example"
        message["Subject"], message["Message-ID"] = "Past due", message_id
        message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0000"
        message.set_content(f"Still open: {', '.join(numbers)}")
        await aiosmtplib.send(
            message,
            sender="ar+b.bounce1@larkfield.example",
            recipients=[to],
            hostname=settings["SMTP_HOST"],
            port=int(settings["SMTP_PORT"]),
            username=settings["SMTP_USERNAME"],
            password=settings["SMTP_PASSWORD"],
            start_tls=False,
        )


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    receiver = Receiver()
    async with LoopbackServer(receiver.app()) as service:
        small = start_world(tmp_path, service.url, customers=24, invoices=200, today=TODAY)
        async with small as world:
            yield Town(world, receiver)
