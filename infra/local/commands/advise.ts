// `codewatch advise CODE --on DATE`: what the record must state to code more specifically on a date of service.
import { wrap } from '../../../shared/core/wording.ts';
import type { Advice } from '../../../shared/operations/advise.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, dayFlag } from './command.ts';

/** Codes listed under the words; of more of them the words give the beginnings, and `--json` all. */
const codesShownMax = 60;

/** Exit code 0 whatever the answer is: advice finds nothing wrong. */
export const advise: Command = async ({ words, flags, settings, terminal }) => {
  const [code, ...more] = words;
  if (code === undefined || more.length > 0) throw new UsageError('advise takes one code');
  const query = new URLSearchParams();
  const date = dayFlag(flags, 'on');
  if (date) query.set('date', date);

  const session = await openSession(settings, 'advise', console.error);
  try {
    const path = `/v1/advice/icd10cm/${encodeURIComponent(code)}?${query}`;
    const answer = await bodyOf<Advice>(await session.ask('GET', path));
    terminal.answer(answer, () => textOf(answer));
    return exitCodes.ok;
  } finally {
    await session.close();
  }
};

/** The words, broken into lines. */
export const linesOf = ({ text }: Pick<Advice, 'text'>): string =>
  text
    .map((one) =>
      wrap(one, /^\d+\. /.test(one) ? { first: 2, others: 5 } : { first: 0, others: 0 }),
    )
    .join('\n');

/** The answer for people: the words, then the codes with their titles. */
export function textOf(advice: Advice): string {
  const shown = advice.codes.slice(0, codesShownMax);
  const more = advice.codes.length - shown.length;
  const width = Math.max(...shown.map(({ code }) => code.length));
  const list = shown.map(({ code, title }) => `  ${code.padEnd(width)}  ${title}`);
  if (more > 0) list.push(`  and ${more} more (--json lists them all)`);
  return [linesOf(advice), ...(list.length > 0 ? ['', ...list] : [])].join('\n');
}
