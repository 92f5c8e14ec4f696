"""Whole stories over the real service and the real servers of a small world."""
