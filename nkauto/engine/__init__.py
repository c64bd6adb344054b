"""The engines of ``batch``: whole tables through the factors of their distinct keys."""
