// The sample's policies are facts: what its exports say is what the official editions say, restricted to a dozen diagnoses.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleEarlierFolder, sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import { exportFile } from '../../infra/local/sample/spec/policies.ts';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import { readExports } from '../feeds/cms-mcd-export/read-export.ts';
import { haveOfficialFiles, mirrorFolder, officialFiles } from '../support/official-files.ts';

const editions = [
  [
    '2025-08-17',
    join(sampleEarlierFolder, exportFile),
    resolve(officialFiles, 'policy/editions/2025-08/current_article.zip'),
  ],
  ['2026-09-06', join(sampleMirrorFolder, exportFile), join(mirrorFolder, exportFile)],
] as const;

const read = (path: string) => readExports(readFileSync(path));

/** A document without its lists of diagnoses and what is ours: sentences, and which revision is told. */
const skeleton = ({
  groups,
  procedureGroups,
  texts: _t,
  revisions: _r,
  ...head
}: PolicyDocument) => ({
  ...head,
  procedureGroups: procedureGroups.map(({ quote: _q, ...group }) => group),
  groups: groups.map(({ diagnoses: _d, quote: _q, ...group }) => group),
});

describe('infra/local/sample/spec/policies.ts', () => {
  it.each(editions)('is an export of %s in which nothing is odd', async (day, own) => {
    const { published, documents, findings } = await read(own);
    expect(published).toBe(day);
    expect(documents.map(({ id }) => id)).toEqual(['A57791', 'A58745']);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it.skipIf(!haveOfficialFiles).each(editions)(
    'says of %s what the official edition says, of a dozen diagnoses each',
    async (_, own, official) => {
      const theirs = new Map((await read(official)).documents.map((each) => [each.id, each]));
      for (const document of (await read(own)).documents) {
        const other = theirs.get(document.id);
        expect(other && skeleton(document)).toEqual(other && skeleton(other));
        const listed = document.groups.flatMap(({ diagnoses }) => diagnoses.codes);
        expect(listed.length).toBeGreaterThan(10);
        expect(other?.groups.flatMap(({ diagnoses }) => diagnoses.codes)).toEqual(
          expect.arrayContaining(listed),
        );
      }
    },
  );
});
