"""Revenue: from the mirror to events, from events to plans and postings, and the close."""
