"""A saved HTML page -> the text that a browser would show of it."""

from __future__ import annotations

import re

from nkauto.errors import UnreadableFile

_BLOCK = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_UNSHOWN = frozenset((
    "audio", "canvas", "datalist", "head", "iframe", "math", "noembed", "noframes", "noscript", "object",
    "rp", "rt", "script", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_CELL = frozenset(("td", "th"))
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANKS = re.compile(r" {2,}")
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SUFFIXES = (".html", ".htm", ".xhtml")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")


def is_html(name: str, text: str) -> bool:
    """Return whether a file is HTML, by how it begins; a name alone only when it holds a tag."""
    if _OPENING.match(text[:4096]):
        return True
    return name.lower().endswith(_SUFFIXES) and "<" in text


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page declares of itself in its first 4 kB, or an empty string."""
    found = _DECLARED.search(data[:4096])
    return found.group(1).decode("ascii") if found else ""


def shown_text(page: str) -> str:
    """Return the text of a page: blocks as paragraphs, cells by tabs; scripts, styles and what is hidden left out.

    Raises UnreadableFile when lxml is not installed, or when a page nests so deeply that text would be lost.
    """
    try:
        from lxml import etree
        from lxml.html import HTMLParser
    except ImportError:
        raise UnreadableFile(
            "reading an HTML page needs lxml, which is not installed",
            hint="pip install 'nkauto[html]', or save the page as plain text",
        ) from None

    source = _PROLOGUE.sub("", page).replace("\0", "\ufffd").encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.ParserError:
        return ""
    except etree.XMLSyntaxError as fault:
        raise UnreadableFile(f"the page cannot be read as HTML: {fault.msg}") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile(
            "the page nests its elements too deeply, so that part of its text would be lost",
            hint="save it as plain text",
        )
    if root is None:
        return ""
    pieces: list[str] = []
    pre = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNSHOWN or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
                walk.skip_subtree()
                continue
            pieces.append(_before(tag))
            pre += tag == "pre"
            if element.text:
                pieces.append(_flowed(element.text, pre))
            continue
        shown = not (tag in _UNSHOWN or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")))
        if shown:
            pre -= tag == "pre"
            pieces.append(_after(tag))
        if element.tail and element is not root:
            pieces.append(_flowed(element.tail, pre))
    return _tidied("".join(pieces))


_BREAK = "\x1d"
_LINE = "\x1e"
_TAB = "\x1f"
"""Stand-ins for what the layout adds, so that it is told apart from white space in the page's own text."""


def _before(tag: object) -> str:
    return _BREAK if tag in _BLOCK else _LINE if tag == "br" else ""


def _after(tag: object) -> str:
    return _BREAK if tag in _BLOCK else _TAB if tag in _CELL else ""


def _flowed(text: str, pre: int) -> str:
    text = text.replace(_BREAK, " ").replace(_LINE, " ").replace(_TAB, " ")
    return text.replace("\n", _LINE) if pre else _SPACE.sub(" ", text)


def _tidied(text: str) -> str:
    """Return the text with one empty line between blocks and no white space at the ends of lines."""
    paragraphs = []
    for block in text.split(_BREAK):
        lines = [_BLANKS.sub(" ", line).replace(_TAB, "\t").strip() for line in block.split(_LINE)]
        paragraph = "\n".join(lines).strip("\n")
        if paragraph:
            paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + ("\n" if paragraphs else "")
