"""What comes in broken, hostile or not at all, through the whole service."""
