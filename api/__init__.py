"""JSON resources, webhooks and review decisions."""
