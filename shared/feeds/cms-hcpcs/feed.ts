// HCPCS Level II: CMS makes it and publishes the whole code set every quarter; there is no second source.
import { assembleHcpcs } from '../assemble-hcpcs.ts';
import type { Feed } from '../feed.ts';
import { discoverHcpcs, hcpcsPage } from '../hcpcs-page.ts';

const id = 'cms-hcpcs';

/** The HCPCS Level II feed. */
export const cmsHcpcs: Feed = {
  id,
  title: 'Alpha-numeric HCPCS files of CMS',
  system: 'hcpcs',
  allowedHosts: [new URL(hcpcsPage).host],
  discover: discoverHcpcs,
  assemble: (files) => assembleHcpcs(files, id),
};
