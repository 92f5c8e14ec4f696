"""Durable jobs: the worker, the clock, the reaper."""
