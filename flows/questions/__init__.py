"""Questions a colleague asks: each read from the store in a bounded number of statements."""
