"""One business walk a file: pure decisions joined to store and gate."""
