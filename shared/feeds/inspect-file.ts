// What an archived file holds, told from its bytes once and kept in the download record, so no run unzips it again.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { QualityFinding } from '../core/release.ts';
import { parseAddenda } from '../formats/addenda.ts';
import { looksLikeHtml } from '../formats/looks-like-html.ts';
import { openZip } from '../formats/zip.ts';
import type { AddendaYears } from './effective-date.ts';
import { basenameOf, isProposed, type NamedRole, roleOfName, systemOfName } from './file-role.ts';
import { type HcpcsQuarter, inspectHcpcs } from './hcpcs-quarter.ts';

/** One file of use: the loose file itself, or a zip member. */
export type FilePart = {
  readonly role: NamedRole;
  /** Member name as the zip has it; absent for a loose file. */
  readonly member?: string;
  readonly system: CodeSystemId;
  /** For addenda: the years its statistics compare. */
  readonly addenda?: AddendaYears;
  /** For a HCPCS file: its quarter, and the days up to the next on which codes of it begin or end. */
  readonly hcpcs?: HcpcsQuarter;
};

/** The parts of use in a file; `usable` is false for a web page or a damaged zip in its place. */
export type Inspection = {
  readonly usable: boolean;
  readonly parts: readonly FilePart[];
  /** Day of the newest member of a zip. */
  readonly newestMember?: CalendarDate;
  readonly findings: readonly QualityFinding[];
};

/** What inspection must know beside the bytes. `system` is taken where no name tells one. */
export type InspectionSubject = {
  readonly name: string;
  readonly url: string;
  readonly system: CodeSystemId;
};

type Named = { readonly name: string; readonly role: NamedRole };

function namedParts(names: readonly string[]): readonly Named[] {
  return names.flatMap((name) => {
    const role = roleOfName(basenameOf(name));
    return role ? [{ name, role }] : [];
  });
}

/** The one system the members name, for members that name none (`order_addenda_2022.txt`). */
function systemOfMembers(names: readonly Named[]): CodeSystemId | undefined {
  const systems = new Set(names.flatMap(({ name }) => systemOfName(basenameOf(name)) ?? []));
  return systems.size === 1 ? [...systems][0] : undefined;
}

function yearsOf(bytes: Uint8Array, system: CodeSystemId, where: string): AddendaYears {
  // Findings about its rows are the gate's affair; here only the statistics matter.
  const { base, target } = parseAddenda(bytes, { system, where }).addenda;
  return { ...(base && { base: base.year }), ...(target && { target: target.year }) };
}

const isAddenda = (role: NamedRole): boolean => role === 'addenda' || role === 'codes-addenda';

function page(subject: InspectionSubject): Inspection {
  const message = 'a web page came in place of the file; it is asked for again on the next run';
  const finding = { code: 'html-instead-of-file', severity: 'error', where: subject.url } as const;
  return { usable: false, parts: [], findings: [{ ...finding, message }] };
}

async function inspectZip(bytes: Uint8Array, subject: InspectionSubject): Promise<Inspection> {
  const zip = await openZip(bytes, { where: subject.url });
  const usable = zip.entries.length > 0;
  const named = namedParts(zip.entries.map((entry) => entry.name));
  const common = systemOfMembers(named) ?? systemOfName(subject.name) ?? subject.system;
  const parts: FilePart[] = [];
  const findings = [...zip.findings];
  for (const { name, role } of named) {
    const system = systemOfName(basenameOf(name)) ?? common;
    if (role === 'conversion' && isProposed(name)) continue;
    if (role === 'hcpcs') {
      const read = await zip.read(name);
      findings.push(...read.findings);
      const hcpcs = await inspectHcpcs(read.bytes, name, subject.name);
      parts.push({ role, member: name, system, ...(hcpcs && { hcpcs }) });
      continue;
    }
    if (!isAddenda(role)) {
      parts.push({ role, member: name, system });
      continue;
    }
    const read = await zip.read(name);
    findings.push(...read.findings);
    const addenda = yearsOf(read.bytes, system, `${subject.url}!${name}`);
    parts.push({ role, member: name, system, addenda });
  }
  const modified = zip.entries.flatMap((entry) => entry.modified ?? []).sort();
  const newestMember = modified.at(-1);
  return { usable, parts, findings, ...(newestMember && { newestMember }) };
}

/** Looks into the bytes of a downloaded file. Never throws for bad bytes: it answers `usable: false` and why. */
export async function inspectFile(
  bytes: Uint8Array,
  subject: InspectionSubject,
): Promise<Inspection> {
  if (looksLikeHtml(bytes)) return page(subject);
  if (subject.name.toLowerCase().endsWith('.zip')) return inspectZip(bytes, subject);
  const role = roleOfName(subject.name);
  if (!role) return { usable: true, parts: [], findings: [] };
  const system = systemOfName(subject.name) ?? subject.system;
  const addenda = isAddenda(role) ? yearsOf(bytes, system, subject.url) : undefined;
  const hcpcs = role === 'hcpcs' ? await inspectHcpcs(bytes, subject.name) : undefined;
  const part = { role, system, ...(addenda && { addenda }), ...(hcpcs && { hcpcs }) };
  return { usable: true, parts: [part], findings: [] };
}
