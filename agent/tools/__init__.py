"""What a graph may do: read, or propose."""
