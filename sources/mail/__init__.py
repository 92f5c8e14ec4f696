"""Mail that arrives: parsed within limits, stripped, classed, trusted or not."""
