"""Tests of the sandbox's workspace."""
