// Claims scrubbed in a second on one core, by every rule, in a process that has the snapshot open: codes read before, and
// none of them. Processor time of all threads, those that collect garbage included: what one core would take.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { readTabularXml } from '../../shared/formats/tabular-xml.ts';
import { scrubSubjects } from '../../shared/operations/scrub-claim.ts';
import type { RuleBook } from '../../shared/ports/rule-book.ts';
import { createRuleBook } from '../../shared/scrub/create-rule-book.ts';
import type { Subject } from '../../shared/scrub/rule.ts';
import { officialBytes } from '../formats/official-member.ts';
import { readEditList } from '../scrub/official-edit-list.ts';
import { type Figure, median } from './figure.ts';
import { madeUpClaims } from './made-up-claims.ts';
import { officialFile } from './official-file.ts';
import { processorMs } from './processor-time.ts';
import { collectGarbage } from './resident-memory.ts';

const claimsCount = 20_000;
/** Claims of one call: as many as `POST /v1/scrub` takes. */
const batch = 1000;
const passes = 21;
/** The codes are those of this release; the claims are of its fiscal year. */
const effective = calendarDate('2025-10-01');

/** CMS's edits, and the one tabular list that is at hand, FY2017's, told as if it were that of the claims' year. */
async function openBook(): Promise<RuleBook> {
  const bytes = await officialBytes({
    host: 'cdc',
    path: '2017/ICD10CM_FY2017_Full_XML.zip',
    member: /^icd10cm_tabular_2017\.xml$/,
  });
  const { list } = readTabularXml(bytes, { where: 'FY2017' });
  if (!list) throw new Error('the tabular list cannot be read');
  return createRuleBook({ tabular: [{ ...list, effective }], edits: readEditList() });
}

const heapMb = (): number => process.memoryUsage().heapUsed / 1_000_000;

/** Scrubs all claims, batch by batch, as objects nobody has seen; answers what was found in how much processor time. */
async function scrubAll(ports: Parameters<typeof scrubSubjects>[0], claims: readonly Subject[]) {
  const fresh = claims.map((claim) => ({ ...claim }));
  let found = 0;
  const ms = await processorMs(async () => {
    for (let at = 0; at < fresh.length; at += batch) {
      const results = await scrubSubjects(ports, fresh.slice(at, at + batch));
      for (const items of results) found += items.length;
    }
  });
  return { found, perSecond: (fresh.length / ms) * 1000 };
}

/** Scrubbing: claims a second, codes and findings of a claim, and the memory that what is kept of codes takes. */
export async function benchScrub(): Promise<Figure[]> {
  const snapshot = openSnapshot(officialFile());
  try {
    const query = { date: effective, billableOnly: true, offset: 0, limit: 100_000 };
    const { items } = await snapshot.catalogue.list('icd10cm', query);
    const claims = madeUpClaims(
      claimsCount,
      items.map(({ code }) => code),
    );
    const ports = { ...snapshot, ruleBook: await openBook() };
    collectGarbage();
    const before = heapMb();
    const cold = await scrubAll(ports, claims);
    const warm: number[] = [];
    while (warm.length < passes) warm.push((await scrubAll(ports, claims)).perSecond);
    collectGarbage();
    const codes = claims.flatMap(({ diagnoses }) => diagnoses.map(({ code }) => code));
    const different = new Set(codes).size.toLocaleString('en-US');
    return [
      { what: 'diagnosis codes of a claim', value: codes.length / claimsCount, unit: 'codes' },
      { what: 'findings of a claim', value: cold.found / claimsCount, unit: 'findings' },
      {
        what: `claims scrubbed, in batches of ${batch.toLocaleString('en-US')}, a second of processor time`,
        value: median(warm),
        unit: 'claims/s',
        min: 30_000,
      },
      {
        what: `the first ${claimsCount.toLocaleString('en-US')} of a process: none of their ${different} codes is known, no function compiled`,
        value: cold.perSecond,
        unit: 'claims/s',
      },
      {
        what: 'memory that what is kept of these codes takes',
        value: heapMb() - before,
        unit: 'MB',
      },
    ];
  } finally {
    snapshot.close();
  }
}
