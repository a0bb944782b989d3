"""The look of the page: light and dark, print, and fonts that show Chinese."""

from typing import Final

STYLE: Final = """
:root{--ink:#1c2430;--paper:#fff;--faint:#5b6675;--line:#d9dee5;--bar:#2f6db3}
@media (prefers-color-scheme:dark){:root{--ink:#e7ebf0;--paper:#14181d;--faint:#9aa5b1;
--line:#303842;--bar:#6fa8dc}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,
"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:56rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.7rem;margin:0}h2{margin:2.2rem 0 .6rem;font-size:1.25rem}
h3{margin:1.2rem 0 .3rem;font-size:1rem;color:var(--faint)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);
overflow-wrap:anywhere}
th{color:var(--faint);font-weight:600}
td.n,th.n{text-align:right}
svg{display:block;max-width:100%}svg rect{fill:var(--bar)}svg text{fill:var(--ink);font-size:13px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:color-mix(in srgb,var(--line) 35%,
transparent);padding:.8rem;border-radius:.4rem;font-size:.85rem}
@media print{main{max-width:none}section{break-inside:avoid}}
"""
