// The style of the page about the API: light and dark, narrow and wide, and on paper. No font, image or script.

/** A style sheet. */
export const docsStyle = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --page: #fff; --raised: #f6f8fa;
  --link: #0550ae; --get: #116329; --write: #8a4600; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9aa4af; --line: #363d46; --page: #0d1117;
  --raised: #161b22; --link: #79b8ff; --get: #56d364; --write: #e3b341; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; color: var(--text); background: var(--page);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
a { color: var(--link); }
a:focus-visible, pre:focus-visible, .wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .5rem; }
.frame { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 82rem; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.5rem 1rem;
  border-right: 1px solid var(--line); font-size: .9rem; }
nav ul { list-style: none; margin: 0 0 .75rem; padding: 0; }
nav li a { display: block; padding: .15rem 0; text-decoration: none; }
nav li a:hover { text-decoration: underline; }
nav p { margin: .75rem 0 .15rem; font-weight: 600; }
main { padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 4rem; min-width: 0; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
h4 { font-size: .95rem; margin: 1rem 0 .25rem; }
p { max-width: 46rem; margin: .4rem 0; }
.soft { color: var(--soft); }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .65rem .8rem; margin: .4rem 0;
  overflow-x: auto; }
.route { font-size: .95rem; overflow-wrap: anywhere; margin: .2rem 0; }
.route b { color: var(--write); }
.route b.get { color: var(--get); }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wide { overflow-x: auto; position: relative; }
table { border-collapse: collapse; margin: .3rem 0; font-size: .925rem; }
caption { text-align: left; font-weight: 600; padding: .4rem 0 .2rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-top: 1px solid var(--line); }
tbody th { font-weight: 500; white-space: nowrap; }
td { min-width: 6rem; }
@media (max-width: 55rem) { .frame { display: block; }
  nav { position: static; max-height: none; border: 0; border-bottom: 1px solid var(--line); } }
@media print { nav, .skip { display: none; } .frame { display: block; } body { font-size: 10pt; }
  pre { white-space: pre-wrap; } h2, h3, h4, caption { break-after: avoid; } tr, pre { break-inside: avoid; } }
`;
