"""nkauto: what would that cost them? Prices reported from North Korea as ranges, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nkauto.core.rates import RateBook
    from nkauto.library import afford, convert, load
    from nkauto.library.checking import check

__version__ = "0.1.0"
__all__ = ["RateBook", "__version__", "afford", "check", "convert", "load"]


def __getattr__(name: str) -> object:
    """Return a public name, imported when it is first asked for: importing the package does nothing."""
    if name == "check":
        from nkauto.library.checking import check

        return check
    if name in __all__:
        from nkauto import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
