// ICD-10-CM: CDC's folders first, for CDC makes the classification; CMS's page as the second source.
import { assembleCandidates } from '../assemble-candidates.ts';
import { cdcRoot, discoverCdc } from '../cdc-listing.ts';
import { cmsPage, discoverCms } from '../cms-page.ts';
import type { Feed } from '../feed.ts';

const identity = { id: 'cms-icd10cm', system: 'icd10cm' } as const;

/** The ICD-10-CM feed. */
export const cmsIcd10cm: Feed = {
  ...identity,
  title: 'ICD-10-CM order files of CDC and CMS',
  allowedHosts: [new URL(cdcRoot).host, new URL(cmsPage).host],
  async discover(context) {
    const cdc = await discoverCdc(context);
    const cms = await discoverCms(identity.system, context);
    return {
      files: [...cdc.files, ...cms.files],
      documents: cdc.documents ?? [],
      findings: [...cdc.findings, ...cms.findings],
      pagesRead: [...cdc.pagesRead, ...cms.pagesRead],
      pagesNamed: cdc.pagesNamed,
    };
  },
  assemble: (files) => assembleCandidates(files, identity),
};
