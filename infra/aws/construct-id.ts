// Construct ids from topology ids, so that a resource is found in the template under the name the topology gives it.

/** `codeTable` → `CodeTable`, `pull-cms-mcd-export` → `PullCmsMcdExport`. */
export function constructId(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
