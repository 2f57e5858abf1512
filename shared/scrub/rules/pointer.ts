// Diagnosis pointers of claim lines: each must lead to a diagnosis, and a professional line needs one.
import type { ScrubItem, ScrubRule, Subject } from '../rule.ts';

const source = 'X12 837P (005010X222A1) SV107; CMS-1500 item 24E';

/** Pointers a line may have. */
const pointersMax = 4;

type Line = Subject['lines'][number];

const itemOn = (line: Line, message: string, remedy: string): ScrubItem => ({
  rule: 'pointer',
  severity: 'error',
  line: line.number,
  message,
  remedy,
  source,
});

function checkLine(subject: Subject, line: Line): readonly ScrubItem[] {
  const { pointers = [] } = line;
  const { length } = subject.diagnoses;
  const astray = pointers.filter((position) => position < 1 || position > length);
  const items = astray.map((position) =>
    itemOn(
      line,
      `Line ${line.number} points to diagnosis ${position}, and the claim has ${length === 1 ? 'one diagnosis' : `${length} diagnoses`}.`,
      'Point the line to the diagnosis it was done for, or add the one that is missing.',
    ),
  );
  if (pointers.length > pointersMax) {
    const message = `Line ${line.number} has ${pointers.length} diagnosis pointers; a line takes ${pointersMax}.`;
    items.push(itemOn(line, message, 'Keep the four that best support the service.'));
  }
  if (pointers.length === 0 && subject.setting === 'professional') {
    const message = `Line ${line.number} points to no diagnosis; every professional service needs one.`;
    items.push(itemOn(line, message, 'Point the line to the diagnosis it was done for.'));
  }
  return items;
}

/** {@link ScrubRule} `pointer`. */
export const pointer: ScrubRule = {
  id: 'pointer',
  finds: 'A line that points to a diagnosis that is not there, to none, or to more than four.',
  source,
  severity: 'error',
  check: (subject) => subject.lines.flatMap((line) => checkLine(subject, line)),
};
