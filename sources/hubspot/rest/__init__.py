"""Requests to HubSpot and the objects it answers with."""
