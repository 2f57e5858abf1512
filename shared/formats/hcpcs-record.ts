// One record of CMS's Alpha-Numeric HCPCS file, as text: what its fixed-width and its spreadsheet form have in common.
// Source: "HCPCS Contractor Record", HCPC20YY_recordlayout.txt in the published zip.

/** A line or spreadsheet row, blanks around its fields left off, nothing checked. Dates are `YYYYMMDD`. */
export type HcpcsRecord = {
  /** Five characters; of a modifier two. */
  readonly code: string;
  /** 3 first line of a procedure code, 4 its continuation, 7 first line of a modifier, 8 its continuation. */
  readonly kind: string;
  readonly long: string;
  readonly short: string;
  /** Five of five characters at most; blank ones left out. */
  readonly crossReferences: readonly string[];
  readonly added: string;
  readonly actionEffective: string;
  /** Last day it may be used. */
  readonly terminated: string;
  /** A added, B C S text changed, D discontinued, F P T other fields changed, N nothing, R re-activated. */
  readonly action: string;
  /** Line or row, for findings. */
  readonly where: string;
};
