"""Judgement checks on recorded cases; each is named for the harm it guards against."""
