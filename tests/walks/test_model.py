"""A model that invents a discount: blocked, asked again, and then the template speaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sandbox.model.app import build_model_app
from sandbox.model.script import Say, Script
from sandbox.serving import LoopbackServer
from tests.walks.house import house

pytestmark = pytest.mark.timeout(60)


async def test_an_invented_discount_never_reaches_a_customer(tmp_path: Path, database: str) -> None:
    script = Script([Say("Pay today and we take 10 % off the total, our special discount.")])
    async with (
        LoopbackServer(build_model_app(script)) as model,
        house(
            tmp_path,
            database,
            OPENAI_API_KEY="sandbox",
            OPENAI_BASE_URL=f"{model.url}/v1",
            OPENAI_MODEL="toy",
        ) as ready,
    ):
        effect = await ready.reminded("overdue")
        because: Any = effect.because
        assert effect.payload["written_by"] == "template/1"
        assert "discount" not in str(effect.payload["text"])
        name = (await ready.customer(effect.customer_id)).name
        facts: Any = effect.payload["facts"]
        (number, *_) = [invoice["number"] for invoice in facts["invoices"].values()]
        mine = [r for r in script.requests if number in str(r["messages"])]
        assert len(mine) == 2, because
        assert because["evidence"]["usage"]["requests"] == 2
        assert name not in str(script.requests)
        assert "refused" not in str(mine[0]["messages"])
        assert "refused" in str(mine[1]["messages"])
        await ready.approve(effect)
        await ready.becomes(effect.id, "done")
        (sent,) = ready.mails(effect.payload["message_id"])
        assert b"discount" not in sent.raw
        await ready.audit_is_whole()
