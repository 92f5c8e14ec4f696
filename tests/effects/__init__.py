"""The gate: policy, proposals, decisions, performing, audit."""
