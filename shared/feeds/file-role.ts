// What a file is for, told by its name alone: CMS and CDC spell the same thing in a dozen ways.
import type { CodeSystemId } from '../core/code-system.ts';

/** Roles that a name can tell. */
export type NamedRole = 'order' | 'codes' | 'addenda' | 'codes-addenda' | 'conversion' | 'hcpcs';

/** Last path segment of a zip member's name or of a decoded URL path. */
export function basenameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** The code system a name spells out (`icd10cm`, `ICD-10-PCS`, `pcs`, `HCPC2026_…`), or undefined. */
export function systemOfName(name: string): CodeSystemId | undefined {
  if (/hcpc/i.test(name)) return 'hcpcs';
  if (/pcs/i.test(name)) return 'icd10pcs';
  return /icd[-_ ]?10[-_ ]?cm/i.test(name) ? 'icd10cm' : undefined;
}

/**
 * `HCPC2026_JAN_ANWEB_12082025.txt`, `HCPC2018_CONTR_ANWEB.xlsx`: the whole code set. Not the reports of transactions and
 * corrections beside it, which repeat parts of it.
 */
const hcpcsFile =
  /^hcpc20\d\d(?:_[a-z]+)*_anweb(?!.*(?:trans|correct|change|report)).*\.(?:txt|xlsx)$/;

/** Text files beside the order file that are about something else. */
const otherText = /drug|index|tabular|neoplasm|definition|gem|poa|exempt|guideline/;

/**
 * The role of one file or zip member by its basename; the path is never looked at (a folder is called
 * `2021-code-descriptions-tabular-order`). Undefined for everything Codewatch has no use for.
 */
export function roleOfName(basename: string): NamedRole | undefined {
  const name = basename.toLowerCase();
  if (hcpcsFile.test(name)) return 'hcpcs';
  if (/\.(?:xlsx|csv)$/.test(name)) return /conversion/.test(name) ? 'conversion' : undefined;
  if (!name.endsWith('.txt') || otherText.test(name)) return undefined;
  const addenda = /addend/.test(name);
  if (/order/.test(name)) return addenda ? 'addenda' : 'order';
  // `icd10cm_addenda_2016.txt` compares codes files.
  if (addenda) return 'codes-addenda';
  return /codes?(?![a-z])/.test(name) ? 'codes' : undefined;
}

/** A draft: CDC publishes proposed tables before the rule is final. Never used. */
export function isProposed(name: string): boolean {
  return /proposed/i.test(name);
}

const zipOfUse = /code|order|titles|conversion|errata/;
const zipOfNoUse = /gem|poa|exempt|presentation|ppt|index|addend|guideline|xml|pdf|drug|neoplasm/;

/**
 * True for listed files worth downloading: order, codes and addenda text, conversion tables, and the zips that can hold
 * them. Not: PDF, GEMs, POA lists, presentations, table and index, drug, neoplasm, XML, addenda zips (they hold PDF);
 * {@link holdsTabularXml} tells which of these are wanted as documents.
 */
export function isWanted(name: string): boolean {
  if (roleOfName(name)) return true;
  const lower = name.toLowerCase();
  return lower.endsWith('.zip') && zipOfUse.test(lower) && !zipOfNoUse.test(lower);
}

/** Zips that hold the tabular list in XML: `Full XML`, `table and index`, `Full-Tab-Index Table`, `Tabular-Index`. */
const zipOfTabular = /xml|tab(?:les?|ular)?[-_ ]+(?:and[-_ ]+)?index/;

/** True for the tabular list in XML itself, by its basename: `Tabular.xml`, `icd10cm_tabular_2019.xml`. */
export function isTabularXml(basename: string): boolean {
  const name = basename.toLowerCase();
  return name.endsWith('.xml') && name.includes('tabular') && !name.includes('addend');
}

/** True for listed files that are, or can hold, the tabular list in XML: no part of a release, but read beside it. */
export function holdsTabularXml(name: string): boolean {
  const lower = name.toLowerCase();
  if (isTabularXml(lower)) return true;
  return lower.endsWith('.zip') && zipOfTabular.test(lower) && !/addend|pdf/.test(lower);
}

/**
 * What files of one release share: the name without kind, system and extension. `icd10cm_order_addenda_2022.txt` and
 * `icd10cm_codes_2022.txt` are both `2022`; `icd10cm-order- April 1 2023.txt` is `april 1 2023`.
 */
export function stemOfName(basename: string): string {
  return basename
    .toLowerCase()
    .replace(/\.[a-z]+$/, '')
    .replace(/icd[-_ ]?10[-_ ]?(?:cm|pcs)?|order|codes?|addend(?:a|um)|files?|descriptions?/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
