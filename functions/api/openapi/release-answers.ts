// Answers on releases and what they changed as schemas; see reference-answers.ts.
import * as z from 'zod';
import { type Change, changeKinds } from '../../../shared/core/change.ts';
import type { FeedChange } from '../../../shared/operations/read-change-feed.ts';
import type { History } from '../../../shared/operations/show-history.ts';
import type { releaseBody } from '../release-routes.ts';
import {
  code,
  count,
  date,
  instant,
  kind,
  releaseId,
  replacement,
  sha256,
  system,
  title,
} from './reference-answers.ts';
import type { Same, Wire } from './wire.ts';

/** One archived original behind a fact. */
export const source = z
  .strictObject({
    url: z.string(),
    sha256,
    role: z.enum([
      'order',
      'codes',
      'addenda',
      'codes-addenda',
      'conversion',
      'archive',
      'second-source',
      'hcpcs',
    ]),
    member: z.string().exactOptional(),
  })
  .meta({ id: 'Source' });

/** `GET /v1/codes/{system}/{code}/history`. */
export const history = z
  .strictObject({
    system,
    code,
    items: z.array(
      z.strictObject({
        effective: date,
        status: z.enum(['billable', 'header', 'ended', 'withdrawn']),
        billable: z.boolean(),
        title,
        kind: z.enum([...changeKinds, 'baseline', 'restated']),
        release: releaseId,
        recordedAt: instant.nullable(),
        replacedBy: z.array(replacement),
        replaces: z.array(replacement),
        sources: z.array(source),
      }),
    ),
  })
  .meta({ id: 'History' });

/** What a release says of a code. */
export const facts = z
  .strictObject({ billable: z.boolean(), short: z.string(), long: z.string() })
  .meta({ id: 'Facts' });

/** One change of a release. */
export const change = z
  .strictObject({
    code,
    kind,
    effective: date,
    before: facts.nullable(),
    after: facts.nullable(),
    replacedBy: z.array(replacement),
    replaces: z.array(replacement).exactOptional(),
    cosmetic: z.boolean().exactOptional(),
  })
  .meta({ id: 'Change' });

/** One change across releases. */
export const feedChange = change.extend({ system, release: releaseId }).meta({ id: 'FeedChange' });

/** Who lifted a quarantine, when and why. */
export const approval = z
  .strictObject({ by: z.string(), at: instant, reason: z.string() })
  .meta({ id: 'Approval' });

/** What was found in the files of a feed. */
export const qualityFinding = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  where: z.string(),
  message: z.string(),
});

/** A release as recorded. */
export const release = z
  .strictObject({
    id: releaseId,
    system,
    effective: date,
    seq: count,
    status: z.enum(['committed', 'quarantined', 'superseded']),
    rows: count,
    billable: count,
    changes: z.strictObject({
      added: count,
      ended: count,
      expanded: count,
      collapsed: count,
      retitled: count,
    }),
    sources: z.array(source),
    findings: z.array(qualityFinding),
    published: date,
    recordedAt: instant,
    contentSha256: sha256,
    baseline: z.boolean(),
    reissueOf: releaseId.exactOptional(),
    reconstructed: z.boolean().exactOptional(),
    approval: approval.exactOptional(),
  })
  .meta({ id: 'Release' });

/** `POST /v1/releases/{id}/approve`. */
export const approved = z.strictObject({
  id: z.string().meta({ examples: ['icd10cm-2022', 'mcd-2026-09-06-1a2b3c'] }),
  approval,
});

/** The schemas above say exactly what is answered; the compiler refuses this line when they do not. */
export const releaseAnswersAreExact: readonly true[] = [
  true satisfies Same<z.output<typeof history>, Wire<History>>,
  true satisfies Same<z.output<typeof change>, Wire<Change>>,
  true satisfies Same<z.output<typeof feedChange>, Wire<FeedChange>>,
  true satisfies Same<z.output<typeof release>, Wire<ReturnType<typeof releaseBody>>>,
];
