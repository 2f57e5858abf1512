// The published 820-claim file repeated to any size, as one interchange: every claim with an id of its own, its ICD-9-CM
// codes replaced by two ICD-10-CM codes, its days moved to recent years. Made as it is read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { officialFiles } from '../support/official-files.ts';

const codes = [
  'M5450',
  'M5416',
  'M5412',
  'M4806',
  'M542',
  'M5459',
  'M47816',
  'M25511',
  'G8929',
  'I10',
];

/** A part of the file: fixed text, or what differs from claim to claim. */
type Part = string | ((claim: number) => string);

const dayOf = (claim: number): string =>
  `2025${String(1 + (claim % 12)).padStart(2, '0')}${String(1 + (claim % 28)).padStart(2, '0')}`;

/** The transaction between ST and SE, with places for ids, codes and days. */
function template(): { readonly head: string; readonly parts: Part[]; readonly claims: number } {
  const text = readFileSync(join(officialFiles, 'claims/x12/imsweb/x12_many_claims.txt'), 'latin1');
  const start = text.indexOf('HL*');
  const head = text.slice(0, start);
  const body = text.slice(start, text.indexOf('SE*', start));
  const parts: Part[] = [];
  let at = 0;
  let claims = 0;
  for (const match of body.matchAll(/CLM\*(\w+)|HI\*[^~]*|DTP\*472\*\w+\*[\d-]+/g)) {
    parts.push(body.slice(at, match.index));
    const own = claims;
    if (match[0].startsWith('CLM')) {
      claims += 1;
      parts.push((claim) => `CLM*C${claim + own}`);
    } else if (match[0].startsWith('HI')) {
      parts.push((claim) => {
        const [first, second] = [
          (claim + own) % codes.length,
          (claim + own * 3 + 1) % codes.length,
        ];
        return `HI*ABK:${codes[first]}*ABF:${codes[second]}`;
      });
    } else {
      parts.push((claim) => `DTP*472*D8*${dayOf(claim + own)}`);
    }
    at = match.index + match[0].length;
  }
  parts.push(body.slice(at));
  return { head, parts, claims };
}

/** Bytes of such a file, until `claimsMax` claims or `bytesMax` bytes are out, a repetition more or less. */
export async function* repeatedClaims(limit: {
  readonly claimsMax?: number;
  readonly bytesMax?: number;
}): AsyncGenerator<Uint8Array> {
  const { claimsMax = Number.POSITIVE_INFINITY, bytesMax = Number.POSITIVE_INFINITY } = limit;
  const { head, parts, claims } = template();
  yield Buffer.from(head, 'latin1');
  let bytes = head.length;
  for (let claim = 0; claim < claimsMax && bytes < bytesMax; claim += claims) {
    const text = parts.map((part) => (typeof part === 'string' ? part : part(claim))).join('');
    bytes += text.length;
    yield Buffer.from(text, 'latin1');
  }
  yield Buffer.from('SE*1*987654~GE*1*1~IEA*1*000000905~', 'latin1');
}
