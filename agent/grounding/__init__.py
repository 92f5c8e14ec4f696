"""Nothing is invented: what a model writes rests on results, and what it asks on what was said."""
