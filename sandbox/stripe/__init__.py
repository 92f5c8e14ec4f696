"""A Stripe-shaped API on loopback: objects to read, signed events to receive."""
