// ICD-10-PCS: CMS makes it and publishes it on its page; there is no second source.
import { assembleCandidates } from '../assemble-candidates.ts';
import { cmsPage, discoverCms } from '../cms-page.ts';
import type { Feed } from '../feed.ts';

const identity = { id: 'cms-icd10pcs', system: 'icd10pcs' } as const;

/** The ICD-10-PCS feed. */
export const cmsIcd10pcs: Feed = {
  ...identity,
  title: 'ICD-10-PCS order files of CMS',
  allowedHosts: [new URL(cmsPage).host],
  discover: (context) => discoverCms(identity.system, context),
  assemble: (files) => assembleCandidates(files, identity),
};
