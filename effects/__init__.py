"""The single gate to the outside world: propose, decide, perform, audit."""
