"""What the sandbox adds: faults, limits, a record of writes, and the admin door."""
