// Parse and diff of two official order files against GNU diff of the same files, in one run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { diffReleases } from '../../shared/core/diff.ts';
import { parseOrderFile } from '../../shared/formats/order-file.ts';
import { openZip } from '../../shared/formats/zip.ts';
import { cdcFolder } from '../support/official-files.ts';
import { type Figure, median } from './figure.ts';

const rounds = 9;

async function unpack(zip: string, member: string, to: string): Promise<void> {
  const contents = await openZip(readFileSync(join(cdcFolder, zip)), { where: zip });
  writeFileSync(to, (await contents.read(member)).bytes);
}

const timed = (run: () => void): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

/** Both read the files from disk; ours also checks every row. */
export async function benchParseAndDiff(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-bench-'));
  try {
    const before = join(folder, 'before.txt');
    const after = join(folder, 'after.txt');
    await unpack('2025/ICD10-CM Code Descriptions 2025.zip', 'icd10cm-order-2025.txt', before);
    await unpack('2026/icd10cm-Code Descriptions-2026.zip', 'icd10cm-order-2026.txt', after);
    const parse = (file: string) =>
      parseOrderFile(readFileSync(file), { system: 'icd10cm', where: file }).rows;
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      theirs.push(timed(() => spawnSync('diff', [before, after], { maxBuffer: 1 << 28 })));
      const effective = calendarDate('2025-10-01');
      ours.push(
        timed(() => diffReleases({ rows: parse(before) }, { rows: parse(after), effective })),
      );
    }
    return [
      { what: 'GNU diff of the FY2025 and FY2026 order files', value: median(theirs), unit: 'ms' },
      {
        what: 'parse and diff of the same, first time in the process',
        value: ours[0] ?? Number.NaN,
        unit: 'ms',
      },
      { what: 'parse and diff of the same, median', value: median(ours), unit: 'ms' },
      {
        what: 'parse and diff against GNU diff',
        value: median(ours) / median(theirs),
        unit: 'times',
        max: 3,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
