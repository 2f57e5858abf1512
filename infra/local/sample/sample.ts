// Where the shipped sample lies: what `npm start` runs on (`--source sample`). docs/sample.md tells what is in it.
import { fileURLToPath } from 'node:url';

/** Folder of the sample mirror (host = subfolder), as `--source` takes one. */
export const sampleMirrorFolder: string = fileURLToPath(new URL('./mirror', import.meta.url));

/**
 * Folder of a mirror of what was offered before: an export of policies that the one of {@link sampleMirrorFolder} has taken
 * the place of under its address, as CMS does every week.
 */
export const sampleEarlierFolder: string = fileURLToPath(new URL('./earlier', import.meta.url));

/**
 * Folder of what the sample clinic stores: `templates.json` and `claims.json`, each an array of bodies of
 * `PUT /v1/templates/{id}` and `PUT /v1/claims/{id}` with their `id`; `billed` in dollars.
 */
export const sampleTenantFolder: string = fileURLToPath(new URL('./tenant', import.meta.url));
