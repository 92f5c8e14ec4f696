"""Stripe: verified webhook bodies to values, and objects read back from Stripe itself."""
