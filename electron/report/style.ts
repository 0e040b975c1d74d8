/** The look of a report: readable on paper and screen, with no script and nothing loaded from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1a19; --soft: #605e5c; --line: #d2d0ce; --ground: #fff; --tint: #f5f5f5;
  --good: #0e700e; --warn: #8a4b00; --bad: #b10e1c; --brand: #0f6cbd; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --soft: #c8c6c4; --line: #484644; --ground: #1f1f1f; --tint: #2b2b2b;
  --good: #54b054; --warn: #faa06b; --bad: #f1707b; --brand: #62abf5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px; max-width: 860px; background: var(--ground); color: var(--ink);
  font: 14px/20px "Segoe UI Variable Text", "Segoe UI", "Open Sans", system-ui, sans-serif; }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; margin: 0; }
h2 { font-size: 16px; line-height: 22px; font-weight: 600; margin: 32px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
h3 { font-size: 14px; font-weight: 600; margin: 16px 0 4px; }
p { margin: 4px 0; } ul, ol { margin: 4px 0; padding-inline-start: 24px; }
.lead { color: var(--soft); } .practice { display: inline-block; margin-top: 8px; padding: 0 8px; border: 1px dashed var(--brand); border-radius: 10px; color: var(--brand); }
.outcome { margin-top: 16px; padding: 12px 16px; border: 1px solid var(--line); border-inline-start: 4px solid var(--good); border-radius: 4px; background: var(--tint); }
.outcome.bad { border-inline-start-color: var(--bad); }
table { width: 100%; border-collapse: collapse; } th { text-align: start; font-weight: 600; color: var(--soft); font-size: 12px; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; text-align: start; }
td.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; } th.number { text-align: end; }
dl { display: grid; grid-template-columns: minmax(140px, max-content) 1fr; gap: 4px 16px; margin: 4px 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.mono, pre { font-family: "Cascadia Mono", Consolas, "Liberation Mono", monospace; font-size: 12px; line-height: 18px; font-variant-ligatures: none; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { margin: 4px 0; padding: 8px 12px; background: var(--tint); border: 1px solid var(--line); border-radius: 4px; }
.state { white-space: nowrap; font-weight: 600; } .good { color: var(--good); } .warning { color: var(--warn); } .bad { color: var(--bad); } .soft { color: var(--soft); }
tr, .check { break-inside: avoid; } h2, h3 { break-after: avoid; }
footer { margin-top: 32px; color: var(--soft); font-size: 12px; }
@page { size: A4; margin: 16mm; }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --ground: #fff; --tint: #f6f6f6; --good: #0e700e; --warn: #8a4b00; --bad: #b10e1c; --brand: #0f6cbd; }
  body { padding: 0; max-width: none; font-size: 10pt; line-height: 14pt; } .mono, pre { font-size: 8.5pt; line-height: 12pt; } }
`
