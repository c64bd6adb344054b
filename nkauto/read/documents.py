"""A file's bytes -> the text of an article: encoding, line ends, plain text or a saved page."""

from __future__ import annotations

import codecs

from nkauto.errors import UnreadableFile
from nkauto.read import encodings, html

MOST_BYTES = 64 * 1024 * 1024
"""Bytes that an article may have: far more than any article, few enough to be held at once."""


def article_text(data: bytes, name: str = "", encoding: str = "") -> str:
    """Return what a person would read in a file: text as it stands, of an HTML page what is shown.

    ``encoding`` is the user's word for it; else a mark, the page's own declaration, or the letters tell.
    Bytes that the encoding does not know become U+FFFD. Raises UnreadableFile for what is no text, or when
    the encoding cannot be told.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"{len(data):,} bytes are too much for one article", hint=f"At most {MOST_BYTES:,}.")
    codec = encodings.chosen(encoding) if encoding else _encoding(data)
    text = data.decode(codec, "replace").removeprefix("\ufeff")
    if html.is_html(name, text):
        return html.shown_text(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(data: bytes) -> str:
    found = encodings.opening(data[:4096].ljust(4, b" "))
    if found:
        return found
    declared = html.declared_encoding(data)
    if declared:
        try:
            codecs.lookup(declared)
        except LookupError:
            pass
        else:
            return encodings.chosen(declared)
    return encodings.told(data)
