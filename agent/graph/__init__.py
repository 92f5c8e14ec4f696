"""LangGraph graphs run inside jobs."""
