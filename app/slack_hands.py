"""The hands for messages to customers' channels in Slack."""

from __future__ import annotations

from app.clock import Clock
from app.slack_settings import SlackSettings
from effects.kinds import PostToCustomerChannel
from effects.outcomes import Changed, NotNow, Performer, Unchanged
from erp.port import Erp
from flows.desk import Desk
from flows.facts import load_case
from flows.slack.outreach import still_true_post
from slack_app.client import SlackApi
from slack_app.performer import SlackPerformer
from store.engine import Session


def slack_hands(known: SlackSettings, desk: Desk, clock: Clock, erp: Erp | None) -> Performer:
    """The hands for PostToCustomerChannel."""

    async def recheck(
        session: Session, post: PostToCustomerChannel
    ) -> Unchanged | Changed | NotNow:
        now = clock()
        case = await load_case(session, desk, post.customer_id, now)
        read = erp.documents if erp is not None else None
        return await still_true_post(session, post, now, desk=desk, case=case, read_erp=read)

    api = SlackApi.of(known.bot_token, known.base_url)
    return SlackPerformer(api, recheck, clock)
