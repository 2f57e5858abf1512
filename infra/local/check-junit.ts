// What `codewatch check` found as JUnit XML, which every continuous integration shows as tests: one suite a file, one case
// a claim or template.
import type { Checked, Problem } from './check-problems.ts';
import type { CheckRejection, FileArtifact } from './commands/read-artifact-files.ts';

/** XML 1.0 has no other control characters, and no halves of surrogate pairs. */
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const text = (value: string): string =>
  value.replace(notInXml, '\ufffd').replace(/[&<>]/g, (character) => escapes[character] ?? '');

const attribute = (value: string | number): string =>
  `"${String(value)
    .replace(notInXml, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => escapes[character] ?? '')}"`;

const keyOf = ({ type, id }: Problem['artifact']): string => `${type} ${id}`;

/** The report. Errors are failures; warnings and notes are told, and fail nothing; what cannot be read is an error. */
export function junitXml(
  artifacts: readonly FileArtifact[],
  { problems, notes }: Pick<Checked, 'problems' | 'notes'>,
  rejected: readonly CheckRejection[],
): string {
  const files = new Set([...artifacts, ...rejected].map(({ file }) => file));
  const found = [...problems, ...notes];
  const suites = [...files].map((file) =>
    suiteOf(
      file,
      artifacts.filter((one) => one.file === file),
      found.filter((one) => one.file === file),
      rejected.filter((one) => one.file === file),
    ),
  );
  const sum = (of: keyof Counts): number => suites.reduce((total, suite) => total + suite[of], 0);
  const counts = { tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="codewatch check"${attributes(counts)}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

type Counts = { readonly tests: number; readonly failures: number; readonly errors: number };

const attributes = ({ tests, failures, errors }: Counts): string =>
  ` tests="${tests}" failures="${failures}" errors="${errors}" skipped="0" time="0"`;

function suiteOf(
  file: string,
  artifacts: readonly FileArtifact[],
  problems: readonly Problem[],
  rejected: readonly CheckRejection[],
): Counts & { readonly xml: string } {
  const byArtifact = Map.groupBy(problems, ({ artifact }) => keyOf(artifact));
  const cases = artifacts.map(({ where, artifact }) => {
    const own = (byArtifact.get(keyOf(artifact)) ?? []).filter((one) => one.where === where);
    const name = artifact.name === undefined ? artifact.id : `${artifact.id} (${artifact.name})`;
    return caseOf({ classname: `${file}.${artifact.type}`, name }, own);
  });
  const unread = rejected.map(({ where, code, message }) => {
    const open = `<testcase classname=${attribute(`${file}.record`)} name=${attribute(where)} time="0">`;
    const error = `<error type=${attribute(code)} message=${attribute(message)}/>`;
    return `    ${open}\n      ${error}\n    </testcase>`;
  });
  const counts = {
    tests: artifacts.length + rejected.length,
    failures: cases.filter(({ failed }) => failed).length,
    errors: rejected.length,
  };
  const xml = [
    `  <testsuite name=${attribute(file)}${attributes(counts)}>`,
    ...cases.map((one) => one.xml),
    ...unread,
    '  </testsuite>',
  ].join('\n');
  return { ...counts, xml };
}

/** One line a problem, as the terminal has it. */
const lineOf = ({ code, date, breaksOn, message, remedy }: Problem): string =>
  `${code === undefined ? '' : `${code}, `}${breaksOn ?? date}: ${message} ${remedy}`;

function caseOf(
  { classname, name }: { readonly classname: string; readonly name: string },
  problems: readonly Problem[],
): { readonly failed: boolean; readonly xml: string } {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const told = problems.filter(({ severity }) => severity !== 'error');
  const open = `    <testcase classname=${attribute(classname)} name=${attribute(name)} time="0"`;
  if (problems.length === 0) return { failed: false, xml: `${open}/>` };
  const [first] = errors;
  const failure = first && [
    // One failure a case is all that some readers take: it holds every error.
    `      <failure type=${attribute(first.rule)} message=${attribute(first.message)}>${text(errors.map(lineOf).join('\n'))}</failure>`,
  ];
  const out =
    told.length > 0
      ? [
          `      <system-out>${text(told.map((one) => `${one.severity}: ${lineOf(one)}`).join('\n'))}</system-out>`,
        ]
      : [];
  return {
    failed: first !== undefined,
    xml: [`${open}>`, ...(failure ?? []), ...out, '    </testcase>'].join('\n'),
  };
}
