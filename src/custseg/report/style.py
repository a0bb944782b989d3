"""The look of every page: light and dark, phone and print, and fonts that show Chinese."""

from typing import Final

_LIGHT: Final = (
    "--ink:#1a2230;--paper:#fff;--ground:#f4f6f9;--faint:#566173;--line:#dfe4ec;--soft:#eef2f7;"
    "--blue:#1f5fa8;--accent:#0072b2;--active:#0072b2;--new:#56b4e9;--at-risk:#e69f00;"
    "--reactivated:#2a9d5c;--potential:#b3bfcd;--dormant:#8c95a3;--churned:#4f5663;"
    "--one:#0b4a75;--two:#3f86b8;--three:#9cc3df;--four:#cfdfeb;"
    "--good:#2a8f63;--bad:#d55e00;--none:#d9dfe7;--before:#b9c8d8;--after:#1f5fa8"
)
_DARK: Final = (
    "--ink:#e8ecf2;--paper:#1a2029;--ground:#11151b;--faint:#a3afbf;--line:#323c4a;--soft:#232b36;"
    "--blue:#86b8ea;--accent:#4aa8e0;--active:#3d9fdc;--new:#7cc7f0;--at-risk:#f0b33c;"
    "--reactivated:#46b87a;--potential:#6f7d90;--dormant:#8f99a8;--churned:#747e8e;"
    "--one:#9fd0f2;--two:#5b9fd0;--three:#3c719a;--four:#2c5069;"
    "--good:#3fae7c;--bad:#e8843a;--none:#3a4452;--before:#5d6c7e;--after:#6fb1ea"
)

STYLE: Final = (
    f":root{{color-scheme:light;{_LIGHT}}}"
    f"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{_DARK}}}}}"
    """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,
"Segoe UI",Roboto,"Helvetica Neue","PingFang SC","Hiragino Sans GB","Microsoft YaHei",
"Noto Sans CJK SC","Noto Sans SC",sans-serif;font-variant-numeric:tabular-nums}
:lang(zh){line-height:1.7}
header,main{max-width:78rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.6rem}
h1{font-size:1.9rem;line-height:1.2;letter-spacing:-.015em;margin:0 0 .7rem;font-weight:700}
h2{font-size:1.35rem;line-height:1.3;letter-spacing:-.01em;margin:0 0 .8rem;font-weight:680}
h3{font-size:.98rem;margin:1.9rem 0 .55rem;font-weight:650}
h1::first-letter,h2::first-letter{text-transform:uppercase}
p{margin:.5rem 0;max-width:46rem}
p.lead{font-size:1.06rem;max-width:52rem}
p.note,figcaption,footer{color:var(--faint);font-size:.88rem}
section{background:var(--paper);border:1px solid var(--line);border-radius:.8rem;
padding:1.6rem 1.75rem 1.8rem;margin:0 0 1.25rem}
footer{padding:.4rem .2rem 2.5rem}
.body{min-width:0;padding-top:1.5rem}
nav{padding-top:1.5rem}
nav ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.4rem}
nav a{display:block;color:var(--ink);text-decoration:none;font-size:.9rem;line-height:1.35;
padding:.38rem .75rem;border:1px solid var(--line);border-radius:99px;background:var(--paper)}
nav a:hover{color:var(--blue);border-color:var(--blue)}
a:focus-visible,.wide:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.6rem,1fr));gap:.75rem;
margin:1.4rem 0 0}
.tiles div{display:flex;flex-direction:column;background:var(--paper);border:1px solid var(--line);
border-radius:.8rem;padding:.85rem 1rem .9rem}
.tiles dt{color:var(--faint);font-size:.86rem;line-height:1.35}
.tiles dd{margin:.15rem 0 0;font-size:1.7rem;line-height:1.2;font-weight:680;
letter-spacing:-.02em}
.tiles small{display:block;margin-top:.2rem;font-size:.82rem;font-weight:400;letter-spacing:0;
color:var(--faint);min-height:1.2em}
.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(21rem,100%),1fr));
gap:1.2rem 2.4rem;align-items:start}
.flows{columns:21rem;column-gap:2.4rem}
.flows>div{break-inside:avoid;padding-bottom:1.1rem}
.flows{margin-top:.9rem}
.flows>div>h3:first-child{margin-top:0}
.beside>div{min-width:0}
.beside>div>h3:first-child{margin-top:.7rem}
h2+.beside>div>h3:first-child{margin-top:.2rem}
.beside figure{margin:.4rem 0 .8rem}
.wide{overflow-x:auto;margin:.6rem 0}
.fit{container-type:inline-size;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{text-align:left;padding:.42rem .7rem;border-bottom:1px solid var(--line);
vertical-align:middle}
th:first-child{padding-left:0}tr>:last-child{padding-right:0}
thead th{color:var(--faint);font-weight:500;font-size:.84rem;vertical-align:bottom}
tbody th{font-weight:500}
tbody tr:last-child>*{border-bottom:0}
.n{text-align:right}
td.n{white-space:nowrap}
th,td{word-break:keep-all}
tbody th,td{overflow-wrap:break-word}
.heat{background:color-mix(in srgb,var(--accent) calc(var(--p)*46%),var(--soft))}
.heats .n{text-align:center;width:22%}
.heats td.heat{border:2px solid var(--paper);border-radius:.5rem}
.heats tr>:last-child.n{text-align:right;width:auto}
:is(.beside,.flows) .bars .n{padding-left:.35rem;padding-right:.35rem}
:is(.beside,.flows) .bars tr>:last-child{padding-right:0}
.bars tbody>tr>*{padding-top:.34rem;padding-bottom:.34rem}
.stack,.pair{position:relative;display:flex;border-radius:.25rem;overflow:hidden}
.stack i{height:.95rem}
.pair{flex-direction:column;justify-content:center;gap:2px;overflow:visible;min-height:1.1rem}
.pair i{height:.5rem;border-radius:.15rem}
.pair b{position:absolute;top:-.15rem;bottom:-.15rem;width:2px;margin-left:-1px;
background:var(--ink);border-radius:1px}
.stack i,.pair i{display:block;background:var(--c);min-width:2px}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.84rem;color:var(--faint)}
.legend span{display:inline-flex;align-items:center;gap:.4rem}
.legend i{width:.8rem;height:.8rem;border-radius:.2rem;background:var(--c)}
figure{margin:.9rem 0 1.1rem;container-type:inline-size}
svg{display:block;width:100%;max-width:34rem;height:auto}
svg text{fill:var(--ink);font-size:12.5px}
svg .faint{fill:var(--faint);font-size:11.5px}
svg .strong{font-weight:650}
svg rect{fill:var(--c)}
svg .move{fill:var(--c);opacity:.62}svg .stay{fill:var(--c);opacity:.22}
svg .rule{stroke:var(--line);fill:none}
svg .even{stroke:var(--faint);fill:none;stroke-dasharray:3 4}
svg .line{stroke:var(--accent);fill:none;stroke-width:2.5;stroke-linejoin:round}
svg .area{fill:var(--accent);opacity:.1}
svg circle{fill:var(--accent);stroke:var(--paper);stroke-width:2}
.outline{font-size:.93rem;margin:.4rem 0;max-width:52rem}
.outline p{display:flex;justify-content:space-between;gap:1.2rem;max-width:none;margin:0;
padding:.24rem 0;border-bottom:1px solid var(--line)}
.outline p:last-child{border-bottom:0}
.outline span+span{text-align:right;flex:0 1 auto}
.outline .d1{padding-left:1rem}.outline .d2{padding-left:2rem}
.outline .d3,.outline .d4{padding-left:3rem}
.outline .d1,.outline .d2,.outline .d3,.outline .d4{color:var(--faint)}
.terms{margin:0;font-size:.95rem}
.terms div{display:grid;grid-template-columns:minmax(8rem,12rem) minmax(0,1fr);gap:0 1.5rem;
padding:.65rem 0;border-top:1px solid var(--line)}
.terms div:first-child{border-top:0;padding-top:.2rem}
.terms dt{grid-column:1;grid-row:1/span 40;font-weight:600}
.terms dd{grid-column:2;margin:0;padding:.1rem 0;overflow-wrap:anywhere}
pre{white-space:pre;overflow-x:auto;background:var(--soft);padding:.9rem 1rem;
border-radius:.5rem;font-size:.86rem;line-height:1.5}
.c-any{--c:var(--accent)}.c-active{--c:var(--active)}.c-dormant{--c:var(--dormant)}
.c-potential{--c:var(--potential)}.c-new{--c:var(--new)}.c-at_risk{--c:var(--at-risk)}
.c-reactivated{--c:var(--reactivated)}.c-churned{--c:var(--churned)}
.c-high,.c-A{--c:var(--one)}.c-medium,.c-B{--c:var(--two)}.c-low,.c-C{--c:var(--three)}
.c-D{--c:var(--four)}
.c-valid{--c:var(--good)}.c-invalid{--c:var(--bad)}.c-placeholder{--c:var(--at-risk)}
.c-missing{--c:var(--none)}.c-before{--c:var(--before)}.c-after{--c:var(--after)}
.c-came{--c:var(--new)}.c-gone{--c:var(--churned)}
.legend .c-mark{--c:var(--ink);width:2px;height:1rem}
@media screen and (min-width:64rem){
main{display:grid;grid-template-columns:13.5rem minmax(0,1fr);gap:0 1.5rem}
main>.body:only-child{grid-column:1/-1}
nav ol{display:block;position:sticky;top:1.5rem}
nav a{border:0;background:none;border-radius:.45rem;padding:.42rem .7rem}
nav a:hover{background:var(--paper)}}
@media screen and (max-width:36rem){
section>table,section>:not(.wide,.fit)>table{display:block;overflow-x:auto}
header,main{padding-left:1rem;padding-right:1rem}
header{padding-top:1.5rem}
h1{font-size:1.5rem}
section{padding:1.15rem 1rem 1.25rem}
.tiles{grid-template-columns:1fr 1fr;gap:.6rem}
.tiles div{padding:.7rem .8rem}
.tiles dd{font-size:1.4rem}
th,td{padding:.38rem .45rem}
.terms div{display:block}
}
@container (max-width:21.5rem){
svg text{font-size:15px}
svg .faint{font-size:14px}
.bars,.bars thead,.bars tbody{display:block}
.bars tr{display:grid;grid-template-columns:minmax(0,1fr) repeat(var(--k),
clamp(3.15rem,calc(12.6rem/var(--k)),4.8rem));
align-items:baseline;padding:.4rem 0 .5rem;border-bottom:1px solid var(--line)}
.bars tr:last-child{border-bottom:0}
.bars thead tr{align-items:end;padding:0 0 .25rem}
.bars tr>*{border:0;padding:0!important;min-width:0}
.bars thead .draw{display:none}
.bars{font-size:.9rem}
.bars thead th{font-size:.76rem}
.bars th[scope=row]{word-break:normal}
.bars td.draw{grid-column:1/-1;grid-row:2;margin-top:.3rem}}
@container (min-width:21.5rem){
.bars th[scope=row]{width:1%;min-width:5rem;padding-right:.9rem}
section>.fit th[scope=row]{white-space:nowrap}
.bars .n{width:1%}
.bars .draw{min-width:4.2rem;padding-left:0}}
@media print{
@page{size:A4;margin:14mm 13mm 15mm}
html{font-size:12.4px}
:root{--ground:#fff}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
header,main{max-width:none;padding:0}
nav{display:none}
.body{padding-top:1.2rem}
section{border:0;border-top:1px solid var(--line);border-radius:0;padding:1.3rem 0 .6rem;margin:0}
h2,h3,h2+p,h3+p,.legend,thead{break-after:avoid}
.tiles,figure,tr,.beside>div,.outline p,.terms dd{break-inside:avoid}
.tiles{grid-template-columns:repeat(6,1fr);gap:.5rem}
.tiles div{padding:.6rem .7rem}
.tiles dd{font-size:1.45rem}
.wide,.fit{overflow:visible}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
footer{padding-bottom:0}}
"""
)
