"""What arrives from outside, verified and parsed to values."""
