"""Credits: what an invoice loses without money, worked out, shown and proposed; never done here."""
