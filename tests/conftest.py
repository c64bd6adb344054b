"""What the tests share: the toy rate book, and how hypothesis searches."""

from __future__ import annotations

import pytest
import toy
from hypothesis import HealthCheck, settings

from nkauto.core.rates import RateBook

settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("explore", settings.get_profile("steady"), derandomize=False, max_examples=1000)
settings.load_profile("steady")


@pytest.fixture
def toy_book() -> RateBook:
    """The book of ``tests/book/``, fresh for each test."""
    return toy.load_book()
