"""An OpenAI-compatible model server on loopback that says what a script tells it to."""
