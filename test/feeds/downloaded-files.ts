// Downloaded files made up for the tests: what a feed is given to assemble, without bytes.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { CodeSystemId } from '../../shared/core/code-system.ts';
import type { DownloadedFile } from '../../shared/feeds/feed.ts';
import { basenameOf, roleOfName, systemOfName } from '../../shared/feeds/file-role.ts';
import type { FilePart } from '../../shared/feeds/inspect-file.ts';

const cdc = 'https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/';
const cms = 'https://www.cms.gov/files/zip/';

/** Years compared by the addenda of a file: `[base, target]`. */
export type Compared = readonly [number, number];

function part(name: string, system: CodeSystemId, compared?: Compared, member?: string): FilePart {
  const role = roleOfName(basenameOf(name));
  if (!role) throw new Error(`${name} has no role`);
  const isAddenda = role.endsWith('addenda');
  const addenda = isAddenda && compared ? { base: compared[0], target: compared[1] } : {};
  const inZip = member === undefined ? {} : { member };
  return { role, system, ...inZip, ...(isAddenda && { addenda }) };
}

/** A loose file in a folder of CDC's. Its hash is its name, unless given. */
export function looseFile(
  path: string,
  listed: string,
  options: { readonly compared?: Compared; readonly sha256?: string } = {},
): DownloadedFile {
  const [folder = '', name = ''] = path.split('/');
  return {
    url: cdc + path,
    name,
    folder,
    publisher: 'cdc',
    page: `${cdc}${folder}/`,
    listed: calendarDate(listed),
    firstListed: calendarDate(listed),
    sha256: options.sha256 ?? `sha of ${path}`,
    inspection: {
      usable: true,
      parts: [part(name, 'icd10cm', options.compared)],
      findings: [],
    },
  };
}

/** A zip in a folder of CDC's, with members. */
export function cdcZip(
  path: string,
  listed: string,
  members: readonly string[],
  compared?: Compared,
): DownloadedFile {
  const [folder = '', name = ''] = path.split('/');
  const parts = members.map((member) => part(member, 'icd10cm', compared, member));
  const day = calendarDate(listed);
  return {
    ...{ url: cdc + path, name, folder, publisher: 'cdc', page: `${cdc}${folder}/` },
    ...{ listed: day, firstListed: day, sha256: `sha of ${path}` },
    inspection: { usable: true, parts, newestMember: day, findings: [] },
  };
}

/** A zip on CMS's page, whose newest member is of a day. */
export function cmsZip(
  name: string,
  newestMember: string,
  members: readonly string[],
  compared?: Compared,
): DownloadedFile {
  const system = members.map((member) => systemOfName(member)).find(Boolean) ?? 'icd10cm';
  const parts = members.map((member) => part(member, system, compared, member));
  return {
    ...{ url: cms + name, name, publisher: 'cms', page: 'https://www.cms.gov/icd-10' },
    sha256: `sha of ${name}`,
    inspection: { usable: true, parts, newestMember: calendarDate(newestMember), findings: [] },
  };
}
