"""The core: pure values and functions. No files, clock, environment or printing."""
