"""The HTML report: escaped, complete, readable without network or script, in a real browser too."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from marked import marked

from nkauto.core.findings import Converted, Findings
from nkauto.core.range import Range
from nkauto.read.claims import check_text
from nkauto.show import findings
from nkauto.show.page import check_page, text_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

SOURCE = (
    "A licence costs {1,200 yuan=1200 CNY} ({about $168=~168 USD}). <script>document.title='owned'</script> "
    "<img src=x onerror=alert(1)>\n\n"
    "Petrol fell {35 percent=35 %}, from {10,000 won=10000 KPW/kg} to {8,000 won=8000 KPW/kg} & more. "
    "\u202eevil\u202c \x1b[31mred\x00 \u200bend\n\n"
    "쌀은 {2만 4천원=24000 KPW/kg}으로 지난달 {2만원=20000 KPW/kg}보다 {20%=20 %} 올랐다."
)


def report(source: str = SOURCE, **more: object) -> Findings:
    text, figures = marked(source)
    held: dict[str, object] = {"converted": {}} | more
    return Findings(file="a & <b>.txt", text=text, figures=figures, claims=check_text(text, figures), **held)  # type: ignore[arg-type]


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_nothing_in_the_article_becomes_an_element() -> None:
    page = Elements(check_page(report()))
    assert not page.all("script")
    assert not page.all("img")
    assert "<script>document.title='owned'</script>" in page.text
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_a_policy_forbids_scripts_and_the_network() -> None:
    policies = [meta["content"] for meta in Elements(check_page(report())).all("meta") if meta.get("http-equiv")]
    assert len(policies) == 1
    assert policies[0] is not None
    assert policies[0].startswith("default-src 'none'")
    assert "script-src" not in policies[0]
    assert not re.search(r"(?:src|href)=\"(?!#|https?://example)", check_page(report()))


def test_control_and_bidi_characters_are_written_out() -> None:
    page = check_page(report())
    assert "\\u202eevil\\u202c \\x1b[31mred\\x00 end" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u200b]", page)
    assert text_of("a\tb <\"&'>") == "a b &lt;&quot;&amp;&#x27;&gt;"


def test_every_figure_is_marked_and_linked_both_ways() -> None:
    found = report()
    page = Elements(check_page(found))
    marks = page.all("mark")
    assert len(marks) == len(found.figures)
    links = {attributes.get("href") for attributes in page.all("a")}
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    for index in range(len(found.figures)):
        assert {f"#f{index}", f"#r{index}"} <= links
        assert {f"f{index}", f"r{index}"} <= ids
    assert all(link in {f"#{each}" for each in ids} for link in links if link and link.startswith("#"))
    assert len(ids) == sum(1 for _, attributes in page.tags if "id" in attributes)
    assert marks[0]["title"] == "1,200 CNY"


def test_the_article_is_all_there_in_order() -> None:
    found = report()
    body = check_page(found).split('<h2 id="article">')[1].split('<h2 id="figures">')[0]
    body = re.sub(r'<ul class="notes">.*?</ul>', "", body, flags=re.S)
    shown = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", body).removeprefix("The article"))
    assert shown == re.sub(
        r"\s+", "", re.sub(r"<[^>]+>", "", "".join(text_of(part) for part in found.text.split("\n")))
    )


def test_failures_come_first_and_verdicts_stand_beside_their_paragraph() -> None:
    page = check_page(report())
    summary = page.split("<h2>What does not agree</h2>")[1].split('<h2 id="article">')[0]
    assert summary.count('class="claim') == 1
    assert "(1 − 8,000 ÷ 10,000) × 100 = 20, stated 35 — no" in summary
    paragraphs = page.split('<div class="row">')[1:]
    assert "fails" in paragraphs[1]
    assert "fails" not in paragraphs[0]
    assert "1 fails" in page
    assert "holds" in paragraphs[2]


def test_a_claim_stands_beside_what_it_states_wherever_its_rate_is_told() -> None:
    found = report(
        "Soap is {200,000 won=200000 KPW} ({$9=9 USD}).\n\n"
        "A dollar is {40,000 won=40000 KPW/USD} on the street; tea is {400 won=400 KPW}."
    )
    (claim,) = [claim for claim in found.claims if claim.verdict.value == "fails"]
    assert findings.claim_words(found, claim) == "200,000 won · $9 · 40,000 won (conversion, line 1)"
    _, first, second = check_page(found).split('<div class="row">')
    assert 'class="claim' in first
    assert 'class="claim' not in second.split("</div>")[0]


def test_conversions_rates_sources_and_notes_are_shown() -> None:
    page = check_page(
        report(
            converted={0: (Converted(Range.of("168", "171"), "USD"),)},
            dated=True,
            rates=["1 CNY = 0.14–0.1425 USD, https://example.org/a?b=1&c=2."],
            sources=[{"publisher": "P", "title": "<T>", "published": "2025", "url": "https://example.org/x"}],
            notes=["a note"],
        ),
        asked="Figures converted for 2025-10, Hyesan.",
        version="1.2.3",
    )
    assert "1 of 8 figures converted, 2 of 3 claims judged." in page
    assert 'title="1,200 CNY = 168–171 USD"' in page
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in page
    assert "P, &lt;T&gt;, 2025" in page
    assert "a note" in page
    assert "nkauto 1.2.3" in page


def test_an_article_without_figures_or_claims_is_a_page_too() -> None:
    page = check_page(report("Nothing is counted here."))
    assert "Nothing is counted here." in page
    assert "<mark" not in page
    assert "What does not agree" not in page
    assert Elements(check_page(report(""))).all("main")


def test_overlapping_or_stray_figures_do_not_break_the_page() -> None:
    text, figures = marked("It cost {5,000 won=5000 KPW} then.")
    page = check_page(Findings("x", text, [figures[0], figures[0]], [], {}))
    assert page.count("<mark") == 1


def test_records_carry_exact_strings_and_lines_put_failures_first_among_the_claims() -> None:
    found = report(converted={0: (Converted(Range.of("168", "171.5"), "USD", ("cny-1",)),)}, dated=True)
    document = findings.document(found)
    first = document["figures"][0]
    assert first["low"] == "1200"
    assert first["converted"] == [{"low": "168", "high": "171.5", "unit": "USD", "rate_ids": ["cny-1"]}]
    failing = [claim for claim in document["claims"] if claim["verdict"] == "fails"]
    assert failing[0]["computed"] == "(1-8000/10000)*100 = 20, stated 35"
    assert document["coverage"]["claims_failing"] == 1
    lines = [line.text for line in findings.lines(found)]
    assert lines[0] == "Figures"
    claims = lines.index("Claims")
    assert claims == 1 + len(found.figures)
    assert lines[claims + 1].startswith("fails: 35 percent · 10,000 won · 8,000 won")
    assert lines[-1].startswith("1 of 8 figures converted, ")
    rows = list(findings.rows(found))
    assert all(set(row) == set(findings.FIELDS) for row in rows)
    assert {row["what"] for row in rows} == {"claim", "figure"}


# --- in a real browser ----------------------------------------------------------------------------

BROWSER = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_browser_shows_the_marks_and_runs_nothing(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(check_page(report()), encoding="utf-8")
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *BROWSER, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    shown = Elements(done.stdout)
    assert len(shown.all("mark")) == 8
    assert not shown.all("script")
    assert not shown.all("img")
    assert re.search(r"<title>a &amp; &lt;b&gt;.txt: figures checked</title>", done.stdout)
