"""nkauto: what would that cost them? Prices reported from North Korea as ranges, with their sources."""

__version__ = "0.1.0"
