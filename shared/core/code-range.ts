// Ranges of codes as notes and policies write them: `A07.-`, `P36.0-P36.1`, `O03-O07`, one code alone.

/** Codes from one to another, both with everything below them. Normal form; `from` equals `to` for one code or category. */
export type CodeRange = { readonly from: string; readonly to: string };

/** True when a code (normal form) lies in the range or below one of its ends. */
export const covers = ({ from, to }: CodeRange, code: string): boolean =>
  code >= from && (code <= to || code.startsWith(to));
