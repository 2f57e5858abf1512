// Which unknown field names a message may repeat. A file that is out of step has somebody's data where names should be,
// so only words that name fields anywhere are repeated, and misspellings of our own.

/** Words that field names of claims and patients are made of. */
const fieldWords: ReadonlySet<string> = new Set(
  (
    'account address admission admit age allowed amount attending billed billing birth carrier charge city claim ' +
    'clinic code codes comment control copay country coverage cpt date day description diagnoses diagnosis ' +
    'discharge dob dos drg dx email encounter end fax field first first from gender given group hcpcs icd id ' +
    'insurance insured insurer last line lines location mail management medical member middle mobile modifier ' +
    'month mrn name notes npi number of order paid patient payer payor person phone place plan policy postal ' +
    'prefix primary principal procedure procedures provider quantity race reason record ref reference referring ' +
    'rendering secondary service sex social specialty ssn start state statement status street subscriber suffix ' +
    'surname tax taxonomy telephone text through title to total type unit units visit year zip'
  ).split(' '),
);

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .map((word) => word.replace(/\d{1,2}$/, ''))
    .filter((word) => word !== '');

const typosMax = 2;

/** Whether one text becomes the other by at most {@link typosMax} letters added, dropped or changed. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > typosMax) return false;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? typosMax + 1) <= typosMax;
}

/** True when a message may repeat the name of an unknown field; `known` are the fields there are. */
export function isNameable(name: string, known: readonly string[]): boolean {
  if (name.length > 40) return false;
  const words = wordsOf(name);
  if (words.length > 0 && words.every((word) => fieldWords.has(word))) return true;
  return name.length >= 5 && known.some((field) => field.length >= 5 && isNear(name, field));
}
