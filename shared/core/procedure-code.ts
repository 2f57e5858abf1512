// Procedure codes as policies and claims carry them: HCPCS Level II and CPT, identifiers only.

/** Five characters: CPT (`62323`, `0213T`) or HCPCS Level II (`A9585`). */
const shape = /^[0-9A-Z][0-9]{3}[0-9A-Z]$/;

/** The code in upper case without blanks around, or undefined when it cannot be one. */
export function normalizeProcedure(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return shape.test(code) ? code : undefined;
}

/**
 * A procedure as claims keep it and as it is compared: in normal form; what cannot be a HCPCS or CPT
 * code (rate codes, codes of one's own) as it is written, without blanks around.
 */
export const keptProcedure = (text: string): string => normalizeProcedure(text) ?? text.trim();
