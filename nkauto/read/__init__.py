"""Text and files in, core values out."""
