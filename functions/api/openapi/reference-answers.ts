// Answers on codes as schemas: the OpenAPI document is made of them, tests parse real answers with them, and
// the compiler holds each to the type of what makes it.
import * as z from 'zod';
import { changeKinds } from '../../../shared/core/change.ts';
import { codeSystemIds } from '../../../shared/core/code-system.ts';
import type { ListedCode } from '../../../shared/operations/listed-code.ts';
import type { Lookup } from '../../../shared/operations/look-up-code.ts';
import type { Same, Wire } from './wire.ts';

/** A day, `YYYY-MM-DD`. */
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ format: 'date' });
/** An instant in UTC. */
export const instant = z.iso.datetime();
/** A code system. */
export const system = z.enum(codeSystemIds);
/** How a code changed. */
export const kind = z.enum(changeKinds);
/** The id of a release. */
export const releaseId = z.string().meta({ examples: ['icd10cm-2022', 'icd10cm-2021-01'] });

/** A sha256, in hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** How many. */
export const count = z.int().min(0);
/** Titles. */
export const title = z.strictObject({ short: z.string(), long: z.string() }).meta({ id: 'Title' });
/** A code as written. */
export const code = z.string().meta({
  description: 'With the official dot.',
  examples: ['M54.50'],
});
const span = z.strictObject({ from: date, to: date.nullable() }).meta({
  id: 'Span',
  description: 'First and last day; `to` is null while nothing known ends it.',
});

/** What takes a code's place, or what it took over from. */
export const replacement = z
  .strictObject({
    code,
    source: z.enum(['official', 'inferred']).meta({
      description: 'From the conversion table, or inferred from children and siblings.',
    }),
    effective: date,
  })
  .meta({ id: 'Replacement' });

/** A code like one that is in no release. */
export const nearMiss = z
  .strictObject({
    system,
    code,
    reason: z.enum([
      'dot',
      'punctuation',
      'letter-o-digit-0',
      'letter-i-digit-1',
      'placeholder',
      'seventh-character',
      'surplus-character',
      'other-system',
    ]),
    status: z.enum(['billable', 'header', 'future', 'ended']),
  })
  .meta({ id: 'NearMiss' });

/** `GET /v1/codes/{system}/{code}`. */
export const lookup = z
  .strictObject({
    system,
    code,
    date,
    status: z.enum(['billable', 'header', 'ended', 'future', 'unknown', 'outside-horizon']),
    billable: z.boolean(),
    title: title.nullable(),
    effective: span.nullable(),
    release: releaseId.nullable(),
    replacedBy: z.array(replacement),
    replaces: z.array(replacement),
    provisional: z.boolean().meta({
      description:
        'The date lies past the newest release’s fiscal year (HCPCS: quarter): the next may change this.',
    }),
    children: z
      .array(z.strictObject({ code, short: z.string() }))
      .nullable()
      .meta({ description: 'Of a header: the first billable codes under it on the date.' }),
    childrenTotal: count.nullable(),
    nearMisses: z
      .array(nearMiss)
      .nullable()
      .meta({ description: 'Of an unknown code: what may have been meant.' }),
  })
  .meta({ id: 'Lookup' });

/** `POST /v1/check`. */
export const checked = z.strictObject({ results: z.array(lookup) });

/** A code as a search lists it. */
export const listedCode = z
  .strictObject({
    system,
    code,
    status: z.enum(['billable', 'header']),
    billable: z.boolean(),
    title,
    effective: span,
    release: releaseId,
  })
  .meta({ id: 'ListedCode' });

/** `GET /v1/search/{system}`. */
export const found = z.strictObject({
  system,
  date,
  total: count.meta({ description: 'Of all pages; counts to 10,000.' }),
  items: z.array(listedCode),
  nextCursor: z.string().exactOptional(),
});

/** The schemas above say exactly what the operations answer; the compiler refuses this line when they do not. */
export const referenceAnswersAreExact: readonly true[] = [
  true satisfies Same<z.output<typeof lookup>, Wire<Lookup>>,
  true satisfies Same<z.output<typeof listedCode>, Wire<ListedCode>>,
];
