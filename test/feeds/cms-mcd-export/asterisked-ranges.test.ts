// A range of an export whose two rows both have an asterisk: all between them is under the condition.
import { describe, expect, it } from 'vitest';
import { documentSays } from '../../../shared/core/document-coverage.ts';
import { mcdExportBytes } from '../../support/mcd-export-bytes.ts';
import { readExports } from './read-export.ts';

describe('shared/feeds/cms-mcd-export/document-drafts.ts, asterisks of ranges', () => {
  it('covers what lies between two ends with an asterisk under their condition only', async () => {
    const bytes = mcdExportBytes({
      day: '2026-09-06',
      documents: [
        {
          id: '50002',
          procedures: [{ codes: ['62323'], paragraph: 'N/A' }],
          covered: [
            {
              codes: ['M54.50*..M54.59*', 'M54.10..M54.18'],
              paragraph: 'N/A',
              asterisk: '*Only with imaging.',
            },
          ],
        },
      ],
    });
    const { documents } = await readExports(bytes);
    const said = (diagnosis: string) =>
      documents.flatMap((document) =>
        documentSays(document, { procedure: '62323', diagnosis }).map(
          ({ answer, footnote }) => `${answer} ${footnote ?? ''}`,
        ),
      );
    for (const code of ['M5450', 'M5451', 'M5459']) {
      expect(said(code)).toEqual(['conditional *Only with imaging.']);
    }
    expect(said('M5416')).toEqual(['covered ']);
  });
});
