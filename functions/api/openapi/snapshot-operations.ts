// The operations on the table as one file.
import * as z from 'zod';
import type { SnapshotBody } from '../snapshot-routes.ts';
import type { Operation } from './operation.ts';
import { count, instant, sha256 } from './reference-answers.ts';
import type { Same, Wire } from './wire.ts';

/** `GET /v1/snapshot`. */
export const snapshot = z
  .strictObject({
    stamp: z.string().meta({ description: 'Names the state it holds.' }),
    form: count.meta({ description: 'Version of the file’s schema.' }),
    bytes: count,
    gzippedBytes: count,
    sha256: sha256.meta({ description: 'Of the SQLite file, not of the gzipped bytes.' }),
    seqs: z.strictObject({
      icd10cm: count.exactOptional(),
      icd10pcs: count.exactOptional(),
      hcpcs: count.exactOptional(),
      policies: z
        .record(z.string(), count)
        .exactOptional()
        .meta({ description: 'Edition of each source of payer policies.' }),
    }),
    publishedAt: instant,
    href: z.string().meta({ description: 'Path of the gzipped file; never another file.' }),
  })
  .meta({ id: 'Snapshot' });

/** The compiler refuses this when the schema does not say exactly what is answered. */
export const snapshotIsExact: true = true satisfies Same<
  z.output<typeof snapshot>,
  Wire<Flat<SnapshotBody>>
>;

type Flat<T> = { [Name in keyof T]: T[Name] };

/** The table as one SQLite file. */
export const snapshotOperations: readonly Operation[] = [
  {
    id: 'readSnapshot',
    method: 'get',
    path: '/v1/snapshot',
    tag: 'Releases',
    summary: 'Read which snapshot is the newest',
    description: 'The whole effective-date table of every code system as one SQLite file.',
    answers: { 200: { description: 'Where it is, and its hash.', schema: snapshot } },
    errors: ['not-found'],
  },
  {
    id: 'downloadSnapshot',
    method: 'get',
    path: '/v1/snapshot/{name}',
    tag: 'Releases',
    summary: 'Download a snapshot',
    description: 'A name always stands for the same bytes. On AWS the answer leads to the file.',
    inPath: {
      name: {
        description: 'The name of the file, as `href` has it.',
        schema: { type: 'string' },
        example: 'f2_icd10cm-9_icd10pcs-3_hcpcs-4_0123456789ab.sqlite.gz',
      },
    },
    answers: {
      200: { description: 'The gzipped file.', schema: z.string(), type: 'application/gzip' },
      307: { description: 'Where the file is, for some minutes.' },
    },
    errors: ['not-found'],
  },
];
