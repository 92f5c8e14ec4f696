"""A HubSpot account on loopback: objects, search, associations, tokens, webhooks."""
