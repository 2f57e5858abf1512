// One account for every test of the HL7 terminology ecosystem: how it is run here and what comes of it, or why it is not.
import { namedTests } from './by-name.ts';
import type { EcosystemTest } from './ecosystem-files.ts';
import { suitesNotRun, testsNotRun } from './not-run.ts';
import { reexpressions } from './reexpressions.ts';

/** What is done with a test. */
export type Account = {
  readonly suite: string;
  readonly name: string;
  /**
   * `re-expressed`: their stored request and answer in our names. `by name`: their files are not stored; asked by what name
   * and description say. `not run`: see `why`.
   */
  readonly how: 're-expressed' | 'by name' | 'not run';
  readonly outcome: 'passes' | 'differs' | '';
  /** What stands in for theirs; why it differs or is not run. */
  readonly why: string;
};

/** How a test is named in tables. */
export const idOf = ({ suite, name }: { readonly suite: string; readonly name: string }): string =>
  `${suite}/${name}`;

/** The account of a test; throws when nobody has given one. */
export function accountOf(test: EcosystemTest): Account {
  const { suite, name } = test;
  const id = idOf(test);
  const reexpression = reexpressions[id];
  if (reexpression) {
    const { differs } = reexpression;
    const outcome = differs ? 'differs' : 'passes';
    return { suite, name, how: 're-expressed', outcome, why: differs?.why ?? '' };
  }
  const named = namedTests[id];
  if (named) {
    const outcome = named.differs === undefined ? 'passes' : 'differs';
    return { suite, name, how: 'by name', outcome, why: named.differs ?? '' };
  }
  const why = testsNotRun(id) ?? suitesNotRun[suite];
  if (why === undefined) throw new Error(`${id}: neither run nor said why not`);
  return { suite, name, how: 'not run', outcome: '', why };
}
