"""``nkauto check``: an article's figures read and its claims judged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nkauto.cli import options as o
from nkauto.errors import BadOption, UnreadableFile

if TYPE_CHECKING:
    from nkauto.core.findings import Findings
    from nkauto.core.rates import RateBook
    from nkauto.library import Options

ARTICLES = (".txt", ".md", ".html", ".htm", ".xhtml")
"""The endings of the files that are read when a folder is named."""

HELP = """Read every figure of an article, and judge the claims that tie its figures together.

Reads English, Korean, Japanese and Chinese; plain text, Markdown and saved web pages (the extra html).
With --on, money is converted and claims that the text alone cannot decide are judged by published rates.
Exit code 1 when a claim fails. A flag says that figures disagree, not which of them is wrong.

\b
  nkauto check article.txt
  nkauto check article.html --on 2025-05 --at Hyesan --html report.html
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("check", help=HELP, short_help="An article's figures and claims, judged.")(o.answering(check))


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE…", help="Articles or folders; - or none: standard input."),
    ] = None,
    html: Annotated[str, typer.Option("--html", metavar="OUT", help="Write a page with the figures marked.")] = "",
    encoding: Annotated[str, typer.Option(metavar="NAME", help="The articles' encoding, when it cannot be told.")] = "",
    jobs: Annotated[int, typer.Option(metavar="N", min=1, help="Check so many articles at once, side by side.")] = 1,
    *,
    asking: o.Asking,
    form: o.Format = "table",
) -> int:
    """Parse, call, show; return 1 when a claim fails, 2 when a file could not be read."""
    names = list(_named(files or ["-"]))
    if html and len(names) != 1:
        raise BadOption("--html takes one article", hint="Run it once for each.")
    if not asking.on and (asking.at or asking.rate or asking.source):
        raise BadOption("--at, --source and --rate need a date", hint="Add --on, as --on 2025-10.")
    book = asking.book() if asking.on else None
    failed = unread = False
    documents: list[Any] = []
    read = partial(_found, encoding=encoding, options=asking.of(book))
    for number, found in enumerate(_side_by_side(read, names, jobs)):
        if isinstance(found, str):
            o.fail(found)
            unread = True
            continue
        failed |= found.fails
        if form == "json":
            documents.append(_document(found, book))
        else:
            _show(found, form, book, first=not number, several=len(names) > 1)
        if html:
            _write_page(html, found, asking.on, asking.at)
    if documents:
        from nkauto.show.records import write_json

        write_json(documents[0] if len(names) == 1 else documents, sys.stdout)
    return 2 if unread else int(failed)


def _named(files: list[str]) -> Iterator[str]:
    """Yield the names of the articles in their order; a folder stands for the articles in it, sorted."""
    for name in files:
        if name != "-" and Path(name).is_dir():
            held = sorted(str(path) for path in Path(name).iterdir() if path.suffix.lower() in ARTICLES)
            if not held:
                raise UnreadableFile(f"no article in {name}", hint=f"Files read in a folder: {', '.join(ARTICLES)}.")
            yield from held
        else:
            yield name


def _side_by_side(read: Callable[[str], Findings | str], names: list[str], jobs: int) -> Iterator[Findings | str]:
    """Yield what is found in each article, in their order: the first here, which readies all that the others use."""
    yield from map(read, names[:1])
    if jobs == 1 or len(names) <= 2:
        yield from map(read, names[1:])
        return
    from nkauto.cli.jobs import side_by_side

    yield from side_by_side(read, names[1:], jobs, here={"-"})


def _found(name: str, *, encoding: str, options: Options) -> Findings | str:
    """Return what is found in an article; why it could not be read, in words."""
    from nkauto.library import checking

    try:
        return checking.check(_text(name, encoding), file=name, **options)
    except UnreadableFile as error:
        return str(error)


def _text(name: str, encoding: str) -> str:
    from nkauto.read.documents import MOST_BYTES, article_text

    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"cannot read {name}: {why}") from None
    return article_text(data, name, encoding)


def _document(found: Findings, book: RateBook | None) -> dict[str, Any]:
    from nkauto import __version__
    from nkauto.show import findings
    from nkauto.show.records import book_record

    held = findings.document(found)
    return held | {"book": book_record(book, __version__)} if book else held


def _show(found: Findings, form: str, book: RateBook | None, *, first: bool, several: bool) -> None:
    """Write one file's findings to standard output: for people, or as records under one header."""
    from nkauto.show import findings, records

    if form == "table":
        from nkauto.show.table import write_findings

        write_findings(findings.lines(found, named=several), sys.stdout, width=o.width(), first=first)
    elif form == "ndjson":
        records.write_json(_document(found, book), sys.stdout, lines=True)
    else:
        write = records.write_csv if form == "csv" else records.write_markdown
        write(findings.rows(found), findings.FIELDS, sys.stdout, header=first)
    sys.stdout.flush()


def _write_page(path: str, found: Findings, on: str, at: str) -> None:
    from nkauto import __version__
    from nkauto.read.ownbook import replace
    from nkauto.show.page import check_page

    asked = f"Figures converted for {on}{f', {at}' if at else ''}." if on else ""
    replace(Path(path), check_page(found, asked=asked, version=__version__).encode())
