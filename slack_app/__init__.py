"""The Slack app (built by a later release; no code lives here yet)."""
