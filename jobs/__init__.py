"""The clock that enqueues and the worker that runs durable jobs."""
