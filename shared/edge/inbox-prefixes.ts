// Where in the inbox's bucket files are left, and where what became of them is told; behind it the tenant, then the name.
// Lists that operators leave have a place of their own.

/** Files to be taken in: `inbox/<tenant>/<name>`. */
export const filesPrefix = 'inbox/';

/** What became of them: `results/<tenant>/<name>.json`. */
export const resultsPrefix = 'results/';

/** Lists of the Medicare Code Editor, left by operators: `edits/<name>`. Beside the tenants' files, and of no tenant. */
export const editsPrefix = 'edits/';

/** What became of them: `edits-results/<name>.json`. */
export const editsResultsPrefix = 'edits-results/';
