// A code whose second character is a letter, as QA0.0101 of fiscal year 2026, keeps no article out.
import { describe, expect, it } from 'vitest';
import { mcdExportBytes } from '../../support/mcd-export-bytes.ts';
import { findingsOf, readExports } from './read-export.ts';

describe('shared/feeds/cms-mcd-export/feed.ts', () => {
  it('takes an article in that lists QA0.0101', async () => {
    const reading = await readExports(
      mcdExportBytes({
        documents: [
          {
            id: '50001',
            effective: '2025-10-01',
            procedures: [{ codes: ['95810'], paragraph: 'N/A' }],
            covered: [{ codes: ['QA0.0101', 'G47.00'], paragraph: 'N/A' }],
          },
        ],
      }),
    );
    expect(findingsOf(reading, 'warning')).toEqual([]);
    expect(reading.withheld).toEqual([]);
    expect(reading.documents[0]?.groups[0]?.diagnoses.codes).toEqual(['G4700', 'QA00101']);
  });
});
