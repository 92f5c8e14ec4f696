"""Settings, wiring, the embedded database and the command line."""
