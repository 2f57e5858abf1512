// A mirror of the sample of which one release cannot be taken in unasked.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleMirrorFolder } from '../../infra/local/sample/sample.ts';

const codesFile =
  'ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/2021/icd10cm_codes_2021.txt';

/**
 * Copies the sample's mirror into a folder with a misprint in the codes file of FY2021: it disagrees with the order file,
 * so that the release waits in quarantine until it is approved.
 */
export function copyMirrorWithQuarantine(folder: string): void {
  cpSync(sampleMirrorFolder, folder, { recursive: true });
  const file = join(folder, codesFile);
  const codes = readFileSync(file, 'latin1');
  const misprinted = codes.replace('Low back pain', 'Low back pane');
  if (misprinted === codes) throw new Error(`${codesFile} names no low back pain`);
  writeFileSync(file, misprinted, 'latin1');
}
