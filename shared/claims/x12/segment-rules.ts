// What a segment of an 837 may look like: its ids, and how many elements those have that we read. Tells segments that were
// damaged, most often because a terminator between two was lost.
import type { X12Segment } from '../../formats/x12-segments.ts';

// TR3 005010X222, 005010X223, 004010X098 and 004010X096: every segment of the transactions.
const known = new Set(
  (
    'ST BHT REF NM1 N2 N3 N4 PER HL PRV CUR SBR PAT DMG CLM DTP CL1 PWK CN1 AMT K3 NTE QTY CR1 CR2 CR3 ' +
    'CR4 CR5 CR6 CR7 CR8 CRC HI HCP CAS OI MIA MOA LX SV1 SV2 SV3 SV4 SV5 SV6 SV7 SVD TOO MEA PS1 HSD ' +
    'IMM LIN CTP LQ FRM DN1 DN2 DSB UR SE'
  ).split(' '),
);

/** Elements of the segments we read (X12 segment directory, 005010). */
const elementsMax = new Map([
  ['HL', 4],
  ['SBR', 9],
  ['NM1', 12],
  ['N4', 7],
  ['DMG', 11],
  ['PRV', 6],
  ['CLM', 20],
  ['DTP', 3],
  ['HI', 12],
  ['LX', 1],
  ['SV1', 21],
  ['SV2', 10],
]);

/** What is wrong with a segment inside a transaction, or undefined. Says nothing of its content. */
export function segmentFault({ id, elements }: X12Segment): string | undefined {
  if (!known.has(id)) return 'no segment of an 837 has this id; left out';
  const most = elementsMax.get(id);
  if (most === undefined || elements.length - 1 <= most) return undefined;
  return `${id} has more than ${most} elements; look for a lost segment terminator`;
}
