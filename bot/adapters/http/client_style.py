"""How the page for a client looks: on a phone as on a desk, light or dark as the reader likes it. No image, no font."""

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root { color-scheme: light dark; --ink: #1d1c1d; --soft: #5b5a5d; --line: #d5d3d8; --paper: #fff; --card: #f7f6f8;
  --mark: #4a2160; --on-mark: #fff; --good: #e6f4ea; --good-ink: #14532d; --note: #fff4d6; --note-ink: #5c3c00;
  --bad: #fde8e8; --bad-ink: #8a1414; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --soft: #a9a7b0; --line: #43414a; --paper: #18171b;
  --card: #222127; --mark: #cfa9e6; --on-mark: #1d1424; --good: #12301d; --good-ink: #b9e6c6; --note: #372a08;
  --note-ink: #f5dfa3; --bad: #3d1515; --bad-ink: #f7c4c4; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1.1rem 3rem; }
.from { margin: 0; color: var(--soft); }
h1 { margin: .1rem 0 .5rem; font-size: 1.8rem; line-height: 1.2; }
h2 { margin: 2.2rem 0 .7rem; font-size: 1.2rem; }
h3 { margin: 0; font-size: 1.05rem; }
form + h3 { margin-top: 1.5rem; }
p, dd, li { margin-top: .25rem; margin-bottom: .25rem; }
.steps { list-style: none; margin: 1rem 0; padding: 0; counter-reset: step; }
.steps li { counter-increment: step; position: relative; margin: 0; padding: 0 0 1.4rem 3.2rem; }
.steps li:last-child { padding-bottom: 0; }
.steps li::before { content: counter(step); position: absolute; left: 0; top: -.15rem; width: 2.1rem; height: 2.1rem;
  border-radius: 50%; background: var(--mark); color: var(--on-mark); text-align: center; line-height: 2.1rem;
  font-weight: 600; }
.steps li::after { content: ""; position: absolute; left: 1rem; top: 2.2rem; bottom: .35rem; width: 2px;
  background: var(--line); }
.steps li:last-child::after { display: none; }
.time { font-weight: 600; }
.soft { color: var(--soft); }
dl { margin: 0; }
dt { font-weight: 600; margin-top: .7rem; }
dd { margin-left: 0; white-space: pre-line; }
.said { border-radius: .5rem; padding: .7rem .9rem; margin: 1rem 0; background: var(--note); color: var(--note-ink); }
.said.good { background: var(--good); color: var(--good-ink); }
.said.bad { background: var(--bad); color: var(--bad-ink); }
form { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; }
label { display: block; font-weight: 600; }
input { display: block; width: 100%; margin: .4rem 0 .9rem; padding: .6rem .7rem; min-height: 2.9rem; font: inherit;
  color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .4rem; }
button { min-height: 2.9rem; padding: .5rem 1.3rem; font: inherit; font-weight: 600; cursor: pointer; border: 0;
  border-radius: .4rem; background: var(--mark); color: var(--on-mark); }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .8rem; color: var(--soft);
  font-size: .9rem; }
@media print { form, footer { display: none; } }
"""


def style_source() -> str:
    """What a Content-Security-Policy calls this style, and no other."""
    return f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
