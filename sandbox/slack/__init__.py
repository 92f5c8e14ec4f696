"""Slack's side of the world: a workspace with Web API, Socket Mode and a small chat page."""
