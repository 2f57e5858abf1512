// Which payers there are and which policy feeds are asked, as the operator configures it (infra/feeds.json): the schema.
// docs/feeds.md describes the file.
import * as z from 'zod';
import type { Payer } from '../core/payer.ts';

const id = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'write small letters, digits and dashes');
const title = z.string().trim().min(1).max(100);
const name = z.string().trim().min(1).max(100);

const host = z
  .string()
  .regex(/^(?=.{4,253}$)(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/, 'write a host name alone, www.cms.gov');

const url = z
  .string()
  .max(2000)
  .refine((text) => {
    const parsed = URL.parse(text);
    const isPlain = parsed?.username === '' && parsed.password === '' && parsed.hash === '';
    return isPlain && parsed.protocol === 'https:' && host.safeParse(parsed.hostname).success;
  }, 'write an https address, without a password or a fragment');

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).format(0) !== '';
  } catch {
    return false;
  }
};

const schedule = z.strictObject({
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'write a time of day, 07:15')
    .describe('Time of day of the daily run.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'write a time zone of the IANA list, America/New_York')
    .default('America/New_York'),
});

const payer = z.strictObject({
  id: id.describe('As in the API. Medicare is medicare.'),
  title,
  names: z
    .array(name)
    .default([])
    .describe('What claims call it; case and punctuation do not count.'),
  claimFiling: z
    .array(z.string().regex(/^[A-Z0-9]{2}$/, 'write a claim filing indicator, MB'))
    .default([])
    .describe('Claim filing indicators (X12 837, SBR09) that mean it.'),
  sources: z.array(id).min(1).describe('Sources of its rules: the source of a feed below.'),
});

const everyFeed = {
  id,
  on: z.boolean().default(true).describe('false: stays configured, is not asked.'),
  schedule,
};
const hosts = z
  .array(host)
  .default([])
  .describe('Hosts it may be redirected to, beside those of its addresses.');

const policyFeed = z.discriminatedUnion('kind', [
  z.strictObject({ ...everyFeed, kind: z.literal('built-in') }),
  z.strictObject({
    ...everyFeed,
    kind: z.literal('payer-rules'),
    title,
    payer: id,
    source: id.describe('Name of this collection of rules, in routes and keys.'),
    urls: z.array(url).max(50).default([]).describe('Without any: files are only handed over.'),
    hosts,
    complete: z
      .boolean()
      .default(false)
      .describe('The files together hold every policy in force: one missing in them is gone.'),
  }),
  z.strictObject({ ...everyFeed, kind: z.literal('bulletins'), title, url, hosts }),
]);

/** The file as a schema; docs/feeds.schema.json is generated from it. */
export const feedConfigurationFile = z
  .strictObject({
    $schema: z.string().optional(),
    payers: z.array(payer).min(1),
    policyFeeds: z.array(policyFeed),
  })
  .meta({ title: 'Codewatch: payers and policy feeds' });

/** A payer, and whose collections of rules are its own. */
export type ConfiguredPayer = Payer & { readonly sources: readonly string[] };

/** One configured feed. */
export type ConfiguredFeed = z.infer<typeof policyFeed>;

/** The configuration, read and checked. */
export type FeedConfiguration = {
  readonly payers: readonly ConfiguredPayer[];
  readonly policyFeeds: readonly ConfiguredFeed[];
};
