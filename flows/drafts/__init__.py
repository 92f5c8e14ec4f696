"""Invoices in the making: written, judged, listed, and turned into the effect they would be."""
