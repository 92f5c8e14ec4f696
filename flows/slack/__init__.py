"""What is said in Slack, as values: cards, digest, home, messages to and from customers."""
