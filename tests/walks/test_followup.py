"""An overdue invoice becomes one approved mail, and never one that says something false."""

from __future__ import annotations

import pytest

from tests.walks.house import House, parsed

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]


async def test_nothing_leaves_before_approval_and_then_exactly_one_mail(shared: House) -> None:
    effect = await shared.reminded()
    assert effect.required_role == "collector"
    message_id = effect.payload["message_id"]
    assert shared.mails(message_id) == []
    await shared.approve(effect)
    done = await shared.becomes(effect.id, "done")
    (sent,) = shared.mails(message_id)
    mail = parsed(sent)
    assert mail["Message-ID"] == message_id
    await shared.audit_is_whole()
