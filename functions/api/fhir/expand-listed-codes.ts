// Expands a value set that lists its codes: those that are listed on the date too, in the order of the value set.
import { formatCode, normalizeCode } from '../../../shared/core/code-system.ts';
import { openBelief } from '../../../shared/operations/belief.ts';
import { listedOn } from '../../../shared/operations/listed-versions.ts';
import { searchWords } from '../../../shared/operations/search-words.ts';
import type { ExpandedCode } from './expansion.ts';
import type { FhirContext } from './fhir-context.ts';
import type { Point } from './known-versions.ts';
import type { Include } from './value-set-include.ts';

/** The codes of an include on the day of its point; what is not listed on it is left out, as FHIR wants it. */
export async function expandListedCodes(
  { reference }: Pick<FhirContext, 'reference'>,
  { system, billableOnly, codes = [] }: Include,
  { date }: Point,
  { filter, excludeNotForUI }: { readonly filter?: string; readonly excludeNotForUI?: boolean },
): Promise<readonly ExpandedCode[]> {
  const belief = await openBelief(reference.codeTable, system);
  const words = searchWords(filter ?? '').map(bare);
  const seen = new Set<string>();
  const found: ExpandedCode[] = [];
  for (const { code, display } of codes) {
    const normal = normalizeCode(system, code);
    if (normal === undefined || seen.has(normal)) continue;
    seen.add(normal);
    const listed = await listedOn(belief, normal, date);
    if (!listed || ((billableOnly || excludeNotForUI) && !listed.billable)) continue;
    const text = `${normal} ${formatCode(system, normal)} ${listed.title.long}`;
    if (!holdsWords(text, words)) continue;
    found.push({ code: listed, display: display ?? listed.title.long });
  }
  return found;
}

const bare = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** True when every word begins a word of the text. */
function holdsWords(text: string, words: readonly string[]): boolean {
  const parts = bare(text).split(/[^\p{L}\p{N}.]+/u);
  return words.every((word) => parts.some((part) => part.startsWith(word)));
}
