"""The style sheet of the HTML report: calm type, one measure, light and dark, paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --ink: #22211f; --quiet: #6a665f; --line: #ddd8cd; --card: #ffffff;
  --mark: #f3ecd9; --mark-line: #b7a57b;
  --fails: #a3291f; --fails-bg: #fbe9e5; --partly: #8a5a00; --partly-bg: #fbf0d9;
  --open: #4a5668; --open-bg: #eceff3; --holds: #2c6a41; --holds-bg: #e6f2ea;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "Noto Serif CJK SC", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #191a1c; --ink: #e6e3dc; --quiet: #a19c92; --line: #37383b; --card: #212326;
    --mark: #3a3524; --mark-line: #8d7d52;
    --fails: #ff9a8c; --fails-bg: #3a2220; --partly: #f0c069; --partly-bg: #352b18;
    --open: #b4bfd0; --open-bg: #282c33; --holds: #8fd0a5; --holds-bg: #1f2f25;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.62 var(--serif);
  overflow-wrap: anywhere; }
main, header, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 1.65rem; line-height: 1.25; font-weight: 600; margin: 0 0 .35rem; text-wrap: balance; }
h2 { font: 600 .8125rem/1.4 var(--sans); letter-spacing: .07em; text-transform: uppercase; color: var(--quiet);
  margin: 3rem 0 .9rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.said { font-family: var(--sans); font-size: .9375rem; color: var(--quiet); margin: 0 0 .25rem; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem .5rem; margin: 1.1rem 0 0; padding: 0; list-style: none; }
.counts li, .verdict { font: 600 .8125rem/1.35 var(--sans); border-radius: .3rem; padding: .18rem .5rem; }
.verdict { display: inline-block; }
.fails { color: var(--fails); background: var(--fails-bg); }
.partly { color: var(--partly); background: var(--partly-bg); }
.open { color: var(--open); background: var(--open-bg); }
.holds { color: var(--holds); background: var(--holds-bg); }
.row { display: grid; grid-template-columns: minmax(0, 38rem) minmax(0, 1fr); column-gap: 2.25rem; }
.row > p { margin: 0 0 1.05rem; white-space: pre-line; }
.notes { margin: 0 0 1.05rem; padding: 0; list-style: none; }
.claim { font: .875rem/1.5 var(--sans); margin: 0 0 .8rem; padding: .1rem 0 .1rem .8rem;
  border-left: 3px solid var(--line); }
.claim.c-fails { border-left-color: var(--fails); }
.claim.c-partly { border-left-color: var(--partly); }
.claim.c-open { border-left-color: var(--open); }
.claim.c-holds { border-left-color: var(--holds); }
.claim p { margin: .15rem 0; }
.claim .sum { font-variant-numeric: tabular-nums lining-nums; }
.claim .around { font-family: var(--serif); color: var(--quiet); }
.claim .slip { color: var(--quiet); }
.claim a { color: inherit; text-decoration-color: var(--mark-line); text-underline-offset: .18em; }
a.fig { color: inherit; text-decoration: none; }
mark { color: inherit; background: var(--mark); border-bottom: 1px solid var(--mark-line); border-radius: .12rem;
  padding: .02em .12em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
mark.m-fails { background: var(--fails-bg); border-bottom: 2px solid var(--fails); }
mark.m-partly { background: var(--partly-bg); border-bottom: 2px solid var(--partly); }
a:focus-visible { outline: 2px solid var(--mark-line); outline-offset: 2px; }
:target > mark, tr:target, .claim:target { box-shadow: 0 0 0 2px var(--mark-line); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: .875rem/1.45 var(--sans);
  font-variant-numeric: tabular-nums lining-nums; }
th { text-align: left; font-weight: 600; color: var(--quiet); }
th, td { padding: .34rem .9rem .34rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td a { color: inherit; text-decoration-color: var(--mark-line); text-underline-offset: .18em; }
td.n { color: var(--quiet); width: 1%; white-space: nowrap; overflow-wrap: normal; }
.plain { font: .9375rem/1.55 var(--sans); padding-left: 1.3rem; margin: .2rem 0; }
.plain li { margin: .3rem 0; }
footer { font: .8125rem/1.55 var(--sans); color: var(--quiet); padding-top: 1.2rem; padding-bottom: 3rem; }
@media (max-width: 52rem) {
  body { font-size: 1rem; }
  header { padding-top: 1.5rem; }
  .row { grid-template-columns: minmax(0, 1fr); }
  .row > p { margin-bottom: .7rem; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; }
  body { font-size: 10.5pt; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .row { grid-template-columns: 62% 1fr; column-gap: 1.2rem; }
  .claim, tr, .row > p { break-inside: avoid; }
  h2 { break-after: avoid; }
  mark, .verdict, .counts li { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
