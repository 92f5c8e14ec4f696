"""Tests of Slack, against the sandbox's workspace on loopback."""
