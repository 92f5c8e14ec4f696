"""Tests mirror the source; outside systems are the sandbox's real servers."""
