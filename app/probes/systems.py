"""NetSuite, Stripe, the language model and the demo's world: harmless reads of each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import httpx
import stripe

from agent.llm import ModelConfig, OpenAIBrain
from app.clock import clock_for
from app.probes.finding import Finding, bad, fine, unset
from app.settings import ModelSettings, SandboxSettings, Settings, StripeSettings
from app.wiring import netsuite_of
from erp.netsuite.doctor import examine
from erp.port import ErpRefused

_PERMISSION = "netsuite permission "


async def erp(settings: Settings) -> Sequence[Finding]:
    """Sign in to NetSuite and read, from nobody's records, what the service reads."""
    if settings.netsuite is None:
        return [unset("netsuite", "set NETSUITE_ACCOUNT_ID and the credentials beside it")]
    clock = clock_for(settings.clock_file)
    try:
        account = netsuite_of(settings.netsuite, clock)
    except (ErpRefused, OSError, UnicodeDecodeError) as error:
        return [bad("netsuite", str(error), "check NETSUITE_PRIVATE_KEY_FILE")]
    try:
        found = await examine(account, clock().date())
    finally:
        await account.close()
    granted = [f for f in found if f.name.startswith(_PERMISSION) and f.ok and not f.fix]
    rest = [Finding(f.name, f.ok, f.detail, f.fix) for f in found if f not in granted]
    told = [fine("netsuite permissions", f"{len(granted)} granted")] if granted else []
    return [*rest, *told]


async def payments(known: StripeSettings | None, seconds: float) -> Sequence[Finding]:
    """List one charge and one payment intent, which is what the key is for."""
    if known is None:
        return [unset("stripe", "set STRIPE_API_KEY and STRIPE_WEBHOOK_SECRET")]
    http = stripe.HTTPXClient(timeout=seconds)
    client = stripe.StripeClient(
        known.api_key,
        http_client=http,
        base_addresses={"api": known.api_base} if known.api_base else {},
        max_network_retries=0,
    )
    try:
        await client.v1.charges.list_async({"limit": 1})
        await client.v1.payment_intents.list_async({"limit": 1})
    except stripe.StripeError as error:
        return [_stripe_trouble(error)]
    finally:
        close: Callable[[], Awaitable[None]] = http.close_async
        await close()
    mode = "test mode" if "_test_" in known.api_key else "live"
    return [fine("stripe", f"{mode}, charges can be read, {len(known.webhook_secrets)} secrets")]


def _stripe_trouble(error: stripe.StripeError) -> Finding:
    if isinstance(error, stripe.AuthenticationError):
        return bad("stripe", "Stripe refused the key", "check STRIPE_API_KEY")
    if isinstance(error, stripe.PermissionError):
        fix = "let the restricted key read charges and payment intents"
        return bad("stripe", "the key may not read payments", fix)
    fix = "check the network (and STRIPE_API_BASE)"
    return bad("stripe", f"{type(error).__name__} {error.http_status or ''}".strip(), fix)


async def mind(known: ModelSettings | None, seconds: float) -> Sequence[Finding]:
    """Whether the language model answers and calls the tools it is offered."""
    if known is None:
        fix = "set OPENAI_API_KEY or OPENAI_BASE_URL, and OPENAI_MODEL, to use one"
        return [unset("model", fix, "not configured; Dunwell works without")]
    config = ModelConfig(known.model, known.api_key, known.base_url, timeout=seconds, max_retries=0)
    brain = OpenAIBrain(config)
    try:
        can = await brain.probe()
    finally:
        await brain.close()
    if not can.reachable:
        fix = "check OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL"
        return [bad("model", f"{known.model}: {can.detail}", fix)]
    if not can.tools:
        fix = "choose a model that calls tools; drafts and answers work with this one"
        return [unset("model", fix, f"{known.model}: {can.detail}")]
    return [fine("model", f"{known.model} answers and calls tools")]


async def world(known: SandboxSettings | None, seconds: float) -> Sequence[Finding]:
    """Whether the demo's world runs, where there is one."""
    if known is None:
        return []
    try:
        async with httpx.AsyncClient(timeout=seconds, trust_env=False) as client:
            (await client.get(f"{known.url}/health")).raise_for_status()
    except httpx.HTTPError as error:
        words = f"{known.url}: {type(error).__name__}"
        return [bad("demo world", words, "start it with ./dunwell demo")]
    return [fine("demo world", known.url)]
