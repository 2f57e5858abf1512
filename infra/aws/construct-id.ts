// Construct ids from topology ids, so that a resource is found in the template under the name the topology gives it.

/** `codeTable` → `CodeTable`. */
export function constructId(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}
