"""Mail in a debtor's name, as its mail program writes it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sandbox.company import Debtor, Person
from sandbox.debtors.reading import Letter, read_letter
from sandbox.debtors.replies import Writer, reply
from store.effects import EffectRow
from tests.walks.house import House


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A reminder that was sent, and the person it went to."""

    effect: EffectRow
    letter: Letter
    debtor: Debtor
    person: Person

    @property
    def customer_id(self) -> int:
        assert self.effect.customer_id is not None
        return self.effect.customer_id

    def written(self, house: House, text: str, key: str) -> bytes:
        """An answer with the reminder quoted below it."""
        writer = Writer(self.debtor, self.person, house.now())
        return reply(random.Random(key), writer, self.letter, text, key)

    def answers(self, house: House, text: str, key: str = "") -> bytes:
        """Hand in an answer: into the mailbox and as a webhook."""
        raw = self.written(house, text, key or f"answer{self.effect.id}")
        house.world.parts.inbound.receive(self.person.email, self.letter.reply_to, raw)
        return raw


async def sent_reminder(house: House, step: str = "") -> Correspondence:
    """A customer's reminder, approved and sent."""
    effect = await house.reminded(step)
    await house.approve(effect)
    await house.becomes(effect.id, "done")
    return await correspondence(house, effect)


async def correspondence(house: House, effect: EffectRow) -> Correspondence:
    """The sent mail of an effect as its first reader has it."""
    (sent,) = house.mails(effect.payload["message_id"])
    debtor = house.debtor(await house.customer(effect.customer_id))
    person = next(p for p in debtor.people if p.email == sent.rcpt_tos[0])
    return Correspondence(effect, read_letter(sent.raw), debtor, person)
