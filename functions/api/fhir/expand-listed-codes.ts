// Expands a value set that lists its codes: those that are listed on the date too, in the order of the value set;
// with ranges in it all of them in the order of the code system.
import { type CodeRange, coversIn } from '../../../shared/core/code-range.ts';
import { type CodeSystemId, formatCode, normalizeCode } from '../../../shared/core/code-system.ts';
import { codeOrderOf } from '../../../shared/core/tabular-order.ts';
import { openBelief } from '../../../shared/operations/belief.ts';
import { type ListedCode, listedCode } from '../../../shared/operations/listed-code.ts';
import { listedOn } from '../../../shared/operations/listed-versions.ts';
import { searchWords } from '../../../shared/operations/search-words.ts';
import type { Catalogue, ListQuery } from '../../../shared/ports/catalogue.ts';
import type { ExpandedCode } from './expansion.ts';
import type { FhirContext } from './fhir-context.ts';
import type { Point } from './known-versions.ts';
import type { Include } from './value-set-include.ts';

/** What the caller asks to see. */
type Shaping = { readonly filter?: string; readonly excludeNotForUI?: boolean };

/** The codes of an include on the day of its point; what is not listed on it is left out, as FHIR wants it. */
export async function expandListedCodes(
  { reference }: Pick<FhirContext, 'reference'>,
  include: Include,
  { date }: Pick<Point, 'date'>,
  { filter = '', excludeNotForUI = false }: Shaping,
): Promise<readonly ExpandedCode[]> {
  const { system, codes = [], ranges = [] } = include;
  const billableOnly = include.billableOnly || excludeNotForUI;
  const belief = await openBelief(reference.codeTable, system);
  const words = searchWords(filter).map(bare);
  const seen = new Set<string>();
  const found: ExpandedCode[] = [];
  for (const { code, display } of codes) {
    const normal = normalizeCode(system, code);
    if (normal === undefined || seen.has(normal)) continue;
    seen.add(normal);
    const listed = await listedOn(belief, normal, date);
    if (!listed || (billableOnly && !listed.billable)) continue;
    const text = `${normal} ${formatCode(system, normal)} ${listed.title.long}`;
    if (!holdsWords(text, words)) continue;
    found.push({ code: listed, display: display ?? listed.title.long });
  }
  if (ranges.length === 0) return found;
  const { catalogue } = reference;
  if (!catalogue) throw new Error('ranges are expanded where there is a catalogue');
  const query = { date, billableOnly, words: searchWords(filter) };
  const byCode = new Map(found.map((one) => [one.code.code, one]));
  for (const range of ranges) {
    for (const code of await codesInRange(catalogue, system, range, query)) {
      if (!byCode.has(code.code)) byCode.set(code.code, { code, display: code.title.long });
    }
  }
  const order = codeOrderOf(system);
  const normal = ({ code }: ExpandedCode): string => normalizeCode(system, code.code) ?? code.code;
  return [...byCode.values()].sort((a, b) => order(normal(a), normal(b)));
}

/** More codes than any code system has. */
const everyCode = 1_000_000;

/** The codes of a range, read from all under what its ends have in common. */
async function codesInRange(
  catalogue: Catalogue,
  system: CodeSystemId,
  range: CodeRange,
  query: Pick<ListQuery, 'date' | 'billableOnly'> & { readonly words: readonly string[] },
): Promise<readonly ListedCode[]> {
  const { words, ...rest } = query;
  const common = commonBeginning(range);
  const { items } = await catalogue.list(system, {
    ...rest,
    ...(words.length > 0 && { words }),
    ...(common !== '' && { within: common }),
    offset: 0,
    limit: everyCode,
  });
  return items.filter(({ code }) => coversIn(system, range, code)).map(listedCode);
}

function commonBeginning({ from, to }: CodeRange): string {
  let length = 0;
  while (length < from.length && from[length] === to[length]) length += 1;
  return from.slice(0, length);
}

const bare = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** True when every word begins a word of the text. */
function holdsWords(text: string, words: readonly string[]): boolean {
  const parts = bare(text).split(/[^\p{L}\p{N}.]+/u);
  return words.every((word) => parts.some((part) => part.startsWith(word)));
}
