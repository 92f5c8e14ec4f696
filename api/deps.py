"""What the API is given at wiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from flows.desk import Desk
from store.engine import Database


@dataclass(frozen=True, slots=True)
class ApiDeps:
    """Everything the API needs. Without secrets, a webhook takes nothing.

    `public_url` is the address others call us by: part of what HubSpot signs.
    """

    db: Database
    clock: Callable[[], datetime]
    desk: Desk
    stripe_secrets: tuple[str, ...] = ()
    mail_secrets: tuple[str, ...] = ()
    hubspot_secret: str = ""
    public_url: str = ""


def deps_of(request: Request) -> ApiDeps:
    """What the API was built with."""
    deps: ApiDeps = request.app.state.deps
    return deps


Deps = Annotated[ApiDeps, Depends(deps_of)]
