// Where the real CMS and CDC files are, for the tests and benches that read them, and the one way to skip without them.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Root of the official files: `CODEWATCH_FIXTURES`, by default `../shared`. */
export const officialFiles = resolve(process.env.CODEWATCH_FIXTURES ?? '../shared');

/** Folder of the mirror (host = subfolder), as `--source` takes it. */
export const mirrorFolder = resolve(officialFiles, 'mirror');

/** CDC's ICD-10-CM folder inside the mirror. */
export const cdcFolder = resolve(
  mirrorFolder,
  'ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM',
);

/** CMS's site inside the mirror. */
export const cmsFolder = resolve(mirrorFolder, 'www.cms.gov');

/** True when the official files are here; prints the reason once when they are not. */
export const haveOfficialFiles: boolean = existsSync(mirrorFolder);
if (!haveOfficialFiles) {
  console.warn(
    `Skipped: the official CMS and CDC files are not at ${officialFiles}; set CODEWATCH_FIXTURES to their folder.`,
  );
}
