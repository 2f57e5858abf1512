// Reads the archived answers of one run: documents of which every table is there and whole.
import type { PolicyDocument } from '../../core/policy.ts';
import { comparePolicyVersions } from '../../core/policy-timeline.ts';
import { createFindingList, type FindingList } from '../../formats/finding-list.ts';
import type { PolicyFile, PolicyReadContext, PolicyReading } from '../policy-feed.ts';
import { pathOf, paths, versionAskedOf } from './addresses.ts';
import { type ApiRow, readAnswer } from './answer.ts';
import { type Answers, readNewestPeriod, readPlaces } from './places.ts';
import { localId, readDocument } from './read-document.ts';

/** Answers by path, pages put together; a path of which a page cannot be read is not there. */
async function readPages(
  files: readonly PolicyFile[],
  { bytesOf }: PolicyReadContext,
  list: FindingList,
): Promise<Answers> {
  const pages = new Map<string, (readonly ApiRow[] | undefined)[]>();
  for (const file of files) {
    const path = pathOf(file.url);
    const answer = readAnswer(await bytesOf(file), file.url, list);
    pages.set(path, [...(pages.get(path) ?? []), answer?.rows]);
  }
  const answers = new Map<string, readonly ApiRow[]>();
  for (const [path, parts] of pages) {
    const whole = parts.flatMap((rows) => (rows === undefined ? [] : [rows]));
    if (whole.length === parts.length) answers.set(path, whole.flat());
  }
  return answers;
}

const inOrder = (a: PolicyDocument, b: PolicyDocument): number =>
  a.id === b.id ? comparePolicyVersions(a.version, b.version) : a.id < b.id ? -1 : 1;

/** Versions whose own answer is among the files, each once. */
const versionsAsked = (files: readonly PolicyFile[]) =>
  [...new Set(files.map(({ url }) => pathOf(url)))].flatMap((path) => versionAskedOf(path) ?? []);

/** Pure: what the files of a discovery say. A document that is not whole is withheld with a warning that names it. */
export async function readAnswers(
  files: readonly PolicyFile[],
  context: PolicyReadContext,
): Promise<PolicyReading> {
  const list = createFindingList();
  const answers = await readPages(files, context, list);
  const period = answers.has(paths.period) ? readNewestPeriod(answers, list) : undefined;
  const places = readPlaces(answers, list);
  const documents: PolicyDocument[] = [];
  const withheld = new Set<string>();
  const named = [];
  for (const asked of versionsAsked(files)) {
    const own = createFindingList();
    const document = readDocument(asked, { answers, places, list: own });
    if (document) documents.push(document);
    else withheld.add(localId(asked));
    named.push(...own.all());
  }
  return {
    ...(period && { published: period.end }),
    complete: false,
    withheld: [...withheld].sort(),
    documents: documents.sort(inOrder),
    reviews: [],
    findings: [...list.all(), ...named],
  };
}
