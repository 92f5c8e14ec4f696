"""What Stripe reports: each event only says which object to read, and each state acts once."""

from flows.stripe.events import handle

__all__ = ["handle"]
