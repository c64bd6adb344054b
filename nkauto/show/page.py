"""The HTML report: the article with every figure marked, the verdicts beside their sentences, and the evidence.

One file that needs no network and no script; its own policy forbids scripts. Whatever comes from the article
is text: escaped, with control characters written out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from nkauto.core.claims import Claim, Grade, Verdict, worst_first
from nkauto.core.findings import Figure, Findings
from nkauto.core.judge import line
from nkauto.errors import visible
from nkauto.show.findings import arithmetic, around, closing, converted_words, reading_words, told
from nkauto.show.page_style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_CLASS = {
    Verdict.FAILS: "fails",
    Verdict.PARTLY: "partly",
    Verdict.OUTSIDE: "open",
    Verdict.ROUNDING: "holds",
    Verdict.HOLDS: "holds",
}
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff"))
_PARAGRAPH = re.compile(r"(?:[ \t\u3000]*\n){2,}")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def check_page(found: Findings, *, title: str = "", asked: str = "", version: str = "") -> str:
    """Return the report on one article as a page.

    ``asked`` says for which date and place figures were converted; ``title`` defaults to the file's own name.
    """
    return "".join(_page(found, title or found.file.replace("\\", "/").rsplit("/", 1)[-1], asked, version))


def text_of(words: str) -> str:
    """Return words as HTML text: escaped, control and bidi characters written out, marks of no width left out."""
    return escape(visible(words.translate(_INVISIBLE).replace("\t", " ")))


def _page(found: Findings, title: str, asked: str, version: str) -> Iterator[str]:
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text_of(title)}: figures checked</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    yield f"<header>\n<h1>{text_of(title)}</h1>\n"
    if asked:
        yield f'<p class="said">{text_of(asked)}</p>\n'
    yield f'<p class="said">{text_of(closing(found))}.</p>\n'
    yield _counts(found.claims)
    yield "</header>\n<main>\n"
    yield from _summary(found)
    yield '<h2 id="article">The article</h2>\n'
    yield from _article(found)
    yield from _figures(found)
    yield from _lists(found)
    yield "</main>\n<footer>\n"
    yield (
        "<p>A verdict says whether the figures of a claim agree with each other, never which of them is wrong. "
        "“Holds within rounding”: within 2.5 %, or 12.5 % where the text says about or the figure is plainly round. "
        "A possible slip is a suggestion.</p>\n"
    )
    yield f"<p>nkauto {text_of(version)}</p>\n" if version else ""
    yield "</footer>\n</body>\n</html>\n"


def _counts(claims: Sequence[Claim]) -> str:
    items = []
    for verdict in (Verdict.FAILS, Verdict.PARTLY, Verdict.OUTSIDE, Verdict.ROUNDING, Verdict.HOLDS):
        number = sum(1 for claim in claims if claim.verdict is verdict)
        if number:
            items.append(f'<li class="{_CLASS[verdict]}">{number} {_plural(verdict, number)}</li>')
    return f'<ul class="counts">{"".join(items)}</ul>\n' if items else ""


def _plural(verdict: Verdict, number: int) -> str:
    if number == 1:
        return "partly holds" if verdict is Verdict.PARTLY else verdict.value
    return {
        Verdict.FAILS: "fail",
        Verdict.PARTLY: "partly hold",
        Verdict.OUTSIDE: "need an outside rate",
        Verdict.ROUNDING: "hold within rounding",
        Verdict.HOLDS: "hold",
    }[verdict]


def _summary(found: Findings) -> Iterator[str]:
    """Yield the claims that do not hold, failures first; one sentence where there is none."""
    numbered = {id(claim): number for number, claim in enumerate(found.claims, start=1)}
    wrong = [claim for claim in worst_first(found.claims) if claim.verdict in (Verdict.FAILS, Verdict.PARTLY)]
    if not found.claims:
        return
    yield "<h2>What does not agree</h2>\n"
    if not wrong:
        yield '<p class="said">No claim fails.</p>\n'
        return
    yield '<ul class="notes">\n'
    for claim in wrong:
        words = around(found.text, found.figures[told(found, claim)])
        yield _card(claim, f'<a href="#c{numbered[id(claim)]}">', "</a>", words=words)
    yield "</ul>\n"


def _card(claim: Claim, before: str, after: str, ident: str = "", words: str = "") -> str:
    """Return one claim: verdict, what it ties together, the arithmetic, slips and outside rates."""
    kind = _CLASS[claim.verdict]
    spans = " · ".join(text_of(span) for span in claim.spans)
    lines = [f'<p class="around">{text_of(words)}</p>'] if words else []
    for check in claim.checks:
        grade = "" if check.grade is Grade.EXACT else f" — {check.grade.value}"
        lines.append(f'<p class="sum">{text_of(arithmetic(line(check)))}{grade}</p>')
    lines += [f'<p class="slip">Possible slip: {text_of(slip)}</p>' for slip in claim.slips]
    lines += [f'<p class="slip">Rate: {_linked(rate)}</p>' for rate in claim.rates]
    where = f' id="{ident}"' if ident else ""
    return (
        f'<li class="claim c-{kind}"{where}><p><span class="verdict {kind}">{claim.verdict.value}</span></p>'
        f"<p>{before}{spans}{after}</p>{''.join(lines)}</li>\n"
    )


def _article(found: Findings) -> Iterator[str]:
    """Yield the article paragraph by paragraph, each with the claims that are stated in it beside it."""
    beside: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(found.claims, start=1):
        beside[told(found, claim)].append(number)
    worst = _worst(found.claims)
    text, place, following = found.text, 0, 0
    for match in [*_PARAGRAPH.finditer(text), None]:
        end = len(text) if match is None else match.start()
        first = following
        while following < len(found.figures) and found.figures[following].start < end:
            following += 1
        if text[place:end].strip():
            yield '<div class="row">\n<p>'
            yield from _marked(found, worst, range(first, following), place, end)
            yield "</p>\n"
            numbers = [number for index in range(first, following) for number in beside.get(index, ())]
            if numbers:
                yield '<ul class="notes">\n'
                for number in numbers:
                    claim = found.claims[number - 1]
                    yield _card(claim, f'<a href="#f{told(found, claim)}">', "</a>", f"c{number}")
                yield "</ul>\n"
            yield "</div>\n"
        place = end if match is None else match.end()


def _worst(claims: Sequence[Claim]) -> dict[int, str]:
    """Return, for each figure of a claim that fails or partly holds, which of the two."""
    worst: dict[int, str] = {}
    for claim in reversed(worst_first(claims)):
        if claim.verdict in (Verdict.FAILS, Verdict.PARTLY):
            for index in claim.figures:
                worst[index] = _CLASS[claim.verdict]
    return worst


def _marked(found: Findings, worst: dict[int, str], indexes: range, start: int, end: int) -> Iterator[str]:
    place = start
    for index in indexes:
        figure = found.figures[index]
        if figure.start < place or figure.end > end:
            continue
        yield text_of(found.text[place : figure.start])
        kind = f' class="m-{worst[index]}"' if index in worst else ""
        reading = text_of(_reading(found, index, figure))
        yield (
            f'<a class="fig" id="f{index}" href="#r{index}">'
            f'<mark{kind} title="{reading}">{text_of(figure.span)}</mark></a>'
        )
        place = figure.end
    yield text_of(found.text[place:end])


def _reading(found: Findings, index: int, figure: Figure) -> str:
    into = [converted_words(each) for each in found.converted.get(index, ())]
    return " = ".join([reading_words(figure), *into]) + (" (quoted)" if figure.quoted else "")


def _figures(found: Findings) -> Iterator[str]:
    """Yield the list of figures, each linked with its place in the article."""
    if not found.figures:
        return
    into = "<th>Converted</th>" if found.converted else ""
    yield (
        '<h2 id="figures">Figures</h2>\n<div class="scroll"><table>\n'
        f"<thead><tr><th></th><th>In the article</th><th>Read as</th>{into}</tr></thead>\n<tbody>\n"
    )
    for index, figure in enumerate(found.figures):
        cells = "; ".join(text_of(converted_words(each)) for each in found.converted.get(index, ()))
        quoted = " (quoted)" if figure.quoted else ""
        yield (
            f'<tr id="r{index}"><td class="n">{index + 1}</td><td><a href="#f{index}">{text_of(figure.span)}</a></td>'
            f"<td>{text_of(reading_words(figure))}{quoted}</td>{f'<td>{cells}</td>' if into else ''}</tr>\n"
        )
    yield "</tbody></table></div>\n"


def _lists(found: Findings) -> Iterator[str]:
    if found.rates:
        yield "<h2>Rates used</h2>\n" + _listed("ul", (_linked(rate) for rate in found.rates))
    if found.notes:
        yield "<h2>Notes</h2>\n" + _listed("ul", (text_of(note) for note in found.notes))
    if found.sources:
        yield "<h2>Sources</h2>\n" + _listed("ol", (_source(source) for source in found.sources))


def _listed(tag: str, items: Iterator[str]) -> str:
    return f'<{tag} class="plain">{"".join(f"<li>{item}</li>" for item in items)}</{tag}>\n'


def _source(source: object) -> str:
    assert isinstance(source, dict)
    parts = [source.get("publisher", ""), source.get("title", ""), source.get("published", "")]
    return ", ".join(text_of(part) for part in parts if part) + "<br>" + _linked(source.get("url", ""))


def _linked(words: str) -> str:
    """Return words with plain web addresses as links; everything else is text."""
    pieces, place = [], 0
    for match in _ADDRESS.finditer(words):
        address = match.group().rstrip(".,;:)")
        pieces.append(text_of(words[place : match.start()]))
        pieces.append(f'<a href="{escape(visible(address))}">{text_of(address)}</a>')
        place = match.start() + len(address)
    return "".join([*pieces, text_of(words[place:])])
