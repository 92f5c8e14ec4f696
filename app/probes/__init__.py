"""What the doctor looks at: one module for this machine, one for each outside system."""
