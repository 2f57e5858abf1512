// Builds the shipped sample from its specification (spec/): `node infra/local/sample/build.ts` writes mirror/, earlier/ and
// tenant/ anew. Nothing but spec/ is read, and the same specification always gives the same bytes.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Icd10Id } from '../../../shared/core/code-system.ts';
import { addendaText } from './addenda-text.ts';
import { type CodeHistory, readHistories, rowsOn } from './code-history.ts';
import {
  conversionCsv,
  conversionsUpTo,
  conversionWorkbook,
  readConversions,
} from './conversion-table.ts';
import { directoryPage, type ListingEntry, linksPage } from './listing-pages.ts';
import { exportBytes } from './mcd-export.ts';
import { codesText, orderText } from './order-text.ts';
import { currentEdition, earlierEdition, exportFile } from './spec/policies.ts';
import {
  cdcFolders,
  cmsFiles,
  type PublishedFile,
  type SampleFile,
} from './spec/published-files.ts';
import { sampleReleases } from './spec/releases.ts';
import { sampleTemplates } from './spec/templates.ts';
import { claimsJson, templatesJson } from './tenant-files.ts';
import { zipBytes } from './zip-bytes.ts';

const here = dirname(fileURLToPath(import.meta.url));
const specText = (name: string): string => readFileSync(join(here, 'spec', name), 'utf8');

const cdcHost = 'ftp.cdc.gov';
const cdcPath = '/pub/Health_Statistics/NCHS/Publications/ICD10CM/';
const cmsHost = 'www.cms.gov';
const cmsPage = '/medicare/coding-billing/icd-10-codes/index.html';

/** All that the files are made from. */
type Spec = {
  readonly histories: Readonly<Record<Icd10Id, readonly CodeHistory[]>>;
  readonly conversions: ReturnType<typeof readConversions>;
};

function readSpec(): Spec {
  return {
    histories: {
      icd10cm: readHistories(specText('icd10cm-rows.tsv')),
      icd10pcs: readHistories(specText('icd10pcs-rows.tsv')),
    },
    conversions: readConversions(specText('icd10cm-conversions.tsv')),
  };
}

function addendaOf(spec: Spec, file: SampleFile): string {
  const release = sampleReleases[file.release];
  const base = release.addendaFrom && sampleReleases[release.addendaFrom];
  if (!base) throw new Error(`${file.release} has no release its addenda start from`);
  const histories = spec.histories[release.system];
  const layout = release.system === 'icd10pcs' ? 'pcs-order' : 'order';
  return addendaText(
    file.content === 'codes-addenda' ? 'codes' : layout,
    {
      before: rowsOn(histories, base.effective),
      after: rowsOn(histories, release.effective),
      beforeName: base.name,
      afterName: release.name,
    },
    histories.map(({ code }) => code),
  );
}

function bytesOfFile(spec: Spec, file: SampleFile): Buffer {
  const { system, effective } = sampleReleases[file.release];
  const conversions = conversionsUpTo(spec.conversions, effective);
  switch (file.content) {
    case 'order':
      return Buffer.from(orderText(rowsOn(spec.histories[system], effective)));
    case 'codes':
      return Buffer.from(codesText(rowsOn(spec.histories[system], effective)));
    case 'addenda':
    case 'codes-addenda':
      return Buffer.from(addendaOf(spec, file));
    case 'csv':
      return Buffer.from(conversionCsv(conversions, effective));
    case 'xlsx':
      return conversionWorkbook(conversions, effective);
  }
}

function bytesOf(spec: Spec, file: PublishedFile): Buffer {
  if (!('members' in file)) return bytesOfFile(spec, file);
  const modified = file.listed;
  return zipBytes(
    file.members.map((member) => ({
      name: member.name,
      bytes: bytesOfFile(spec, member),
      modified,
    })),
  );
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function buildCdc(spec: Spec, mirror: string): void {
  const root = join(mirror, cdcHost, cdcPath);
  const folders: ListingEntry[] = [];
  for (const folder of cdcFolders) {
    folders.push({ name: folder.name, listed: folder.listed });
    const entries = folder.files.map((file): ListingEntry => {
      const bytes = bytesOf(spec, file);
      write(join(root, folder.name, file.name), bytes);
      return { name: file.name, listed: file.listed, bytes: bytes.length };
    });
    const page = directoryPage(cdcHost, `${cdcPath}${folder.name}/`, entries);
    write(join(root, folder.name, 'index.html'), page);
  }
  write(join(root, 'index.html'), directoryPage(cdcHost, cdcPath, folders));
}

function buildCms(spec: Spec, mirror: string): void {
  for (const file of cmsFiles) write(join(mirror, cmsHost, file.name), bytesOf(spec, file));
  write(join(mirror, cmsHost, cmsPage), linksPage(cmsFiles.map(({ name }) => name)));
}

/** Writes `mirror/`, `earlier/` and `tenant/` under a folder, replacing those if they are there. */
export function buildSample(folder: string): void {
  const spec = readSpec();
  const mirror = join(folder, 'mirror');
  const earlier = join(folder, 'earlier');
  const tenant = join(folder, 'tenant');
  for (const old of [mirror, earlier, tenant]) rmSync(old, { recursive: true, force: true });
  buildCdc(spec, mirror);
  buildCms(spec, mirror);
  write(join(earlier, exportFile), exportBytes(earlierEdition));
  write(join(mirror, exportFile), exportBytes(currentEdition));
  write(join(tenant, 'templates.json'), templatesJson(sampleTemplates));
  write(join(tenant, 'claims.json'), claimsJson(specText('claims.tsv')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildSample(here);
