// Where in the inbox's bucket files are left, and where what became of them is told; behind it the tenant, then the name.

/** Files to be taken in: `inbox/<tenant>/<name>`. */
export const filesPrefix = 'inbox/';

/** What became of them: `results/<tenant>/<name>.json`. */
export const resultsPrefix = 'results/';
