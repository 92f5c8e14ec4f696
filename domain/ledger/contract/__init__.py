"""What a contract says: terms with the passage that shows each, and the deal that follows."""
