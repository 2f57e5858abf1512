// ICD-9-CM diagnosis codes: their shape and how they are written. They ended on 2015-09-30 and Codewatch keeps no table of
// them; claims that still carry them are recognised, so that the mistake can be told.

// Numeric 001–999 with up to two more digits, V01–V91 with up to two, E000–E999 with up to one
// (ICD-9-CM Official Guidelines, section I.A; tabular list of volume 1).
const shape = /^(?:\d{3,5}|V\d{2,4}|E\d{3,4})$/;

/** Characters before the dot: four in an E code, three in any other. */
const headOf = (code: string): number => (code.startsWith('E') ? 4 : 3);

/**
 * The ICD-9-CM diagnosis code in normal form (upper case, no dot, no blanks around), or undefined
 * when the text cannot be one. A dot is taken only where it belongs: `884.2`, `V73.89`, `E986.0`.
 */
export function normalizeIcd9(text: string): string | undefined {
  let code = text.trim().toUpperCase();
  const dot = code.indexOf('.');
  if (dot >= 0) {
    if (dot !== headOf(code) || dot === code.length - 1) return undefined;
    code = code.slice(0, dot) + code.slice(dot + 1);
  }
  return shape.test(code) ? code : undefined;
}

/** The code as ICD-9-CM writes it: `8842` is `884.2`, `E9860` is `E986.0`. */
export function formatIcd9(code: string): string {
  const head = headOf(code);
  return code.length > head ? `${code.slice(0, head)}.${code.slice(head)}` : code;
}
