"""Letters to customers: composed, rendered, handed to a mail server."""
