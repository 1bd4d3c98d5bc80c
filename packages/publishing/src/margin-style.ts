/** The look of margin notes: a text column and a notes column, one below the other on narrow screens; light and dark, and paper. */
export const MARGIN_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1f27;--quiet:#5a6472;--line:#d5dae1;--error:#b3261e;--warning:#7a4d00;--note:#1f4f8f;--error-bg:#fbe4e2;--warning-bg:#fff0cf;--note-bg:#e3edfb}
@media (prefers-color-scheme:dark){:root{--paper:#14181e;--ink:#e7eaef;--quiet:#a5afbd;--line:#333b47;--error:#ffb4ab;--warning:#ffcf7a;--note:#a9cbff;--error-bg:#4a1f1b;--warning-bg:#453200;--note-bg:#1d3352}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
header,article{max-width:76rem;margin:0 auto;padding:1.5rem 1rem}
header{border-bottom:1px solid var(--line)}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.25rem;margin:0}
a{color:var(--note)}a:focus-visible,summary:focus-visible{outline:3px solid var(--note);outline-offset:2px}
nav ul{padding-left:1.2rem}.findings li{padding:.15rem 0}.note:target{outline:3px solid var(--note);outline-offset:2px}.note ul{margin:.2rem 0;padding-left:1.1rem}nav span,.path,.rule{color:var(--quiet);font-size:.875rem}
.problem{border-left:.25rem solid var(--error);padding-left:.75rem}
.row{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,20rem);gap:0 1.5rem}
.row>:first-child{margin:.4rem 0}
p.item,p.row{padding-left:1.2rem}p.code{font-family:ui-monospace,monospace}
aside{font-size:.9rem;line-height:1.45}
.note{border-left:.25rem solid;padding:.5rem .75rem;margin:.4rem 0;background:var(--note-bg);border-color:var(--note)}
.note.error{background:var(--error-bg);border-color:var(--error)}.note.warning{background:var(--warning-bg);border-color:var(--warning)}
.note p{margin:.2rem 0}.note strong{color:var(--note)}.note.error strong{color:var(--error)}.note.warning strong{color:var(--warning)}
.note .rule,.note summary{color:inherit}
summary{cursor:pointer;min-height:1.5rem}
mark{background:var(--note-bg);color:inherit;border-bottom:2px solid var(--note)}
mark.error{background:var(--error-bg);border-bottom:3px double var(--error)}mark.warning{background:var(--warning-bg);border-bottom:2px dashed var(--warning)}
@media (max-width:48rem){.row{grid-template-columns:minmax(0,1fr)}aside{margin:0 0 .6rem 1rem}}
@media print{details::details-content{content-visibility:visible}.note,.row{break-inside:avoid}header{border:0}}
`.trim();
