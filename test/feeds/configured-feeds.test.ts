// The configuration of payers and policy feeds: the one that is shipped, and everything that stops a deployment.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { feedConfiguration } from '../../infra/topology.ts';
import { payerOf } from '../../shared/core/payer.ts';
import { configuredFeeds, readFeedConfiguration } from '../../shared/feeds/configured-feeds.ts';

const shipped = readFileSync(new URL('../../infra/feeds.json', import.meta.url), 'utf8');

const payer = (changes: object = {}): object => ({
  id: 'acme',
  title: 'Acme Health',
  names: ['ACME HMO'],
  claimFiling: ['HM'],
  sources: ['acme'],
  ...changes,
});
const rules = (changes: object = {}): object => ({
  id: 'acme-rules',
  kind: 'payer-rules',
  title: 'Rules of Acme',
  payer: 'acme',
  source: 'acme',
  urls: ['https://rules.acme.example/a.json', 'https://rules.acme.example/b.csv'],
  hosts: ['cdn.acme.example'],
  schedule: { at: '07:15' },
  ...changes,
});
const news = (changes: object = {}): object => ({
  id: 'news',
  kind: 'bulletins',
  title: 'News',
  url: 'https://news.example/feed.xml',
  schedule: { at: '07:30', timeZone: 'America/Chicago' },
  ...changes,
});
const read = (payers: readonly object[], policyFeeds: readonly object[]) =>
  readFeedConfiguration(Buffer.from(JSON.stringify({ payers, policyFeeds })), 'infra/feeds.json');

describe('shared/feeds/configured-feeds.ts', () => {
  it('turns on the two feeds of the Medicare Coverage Database and the Federal Register as shipped', () => {
    const { feeds, hosts } = configuredFeeds(feedConfiguration);
    expect(feeds.map(({ id, source }) => [id, source])).toEqual([
      ['cms-mcd-export', 'mcd'],
      ['cms-mcd-api', 'mcd'],
      ['federal-register-icd10', 'federal-register-icd10'],
    ]);
    expect(hosts).toEqual(['downloads.cms.gov', 'api.coverage.cms.gov', 'www.federalregister.gov']);
  });

  it.each([
    [{ claimFiling: 'MA' }],
    [{ claimFiling: 'mb' }],
    [{ payer: 'MEDICARE' }],
    [{ payer: 'Medicare, Part B' }],
    [{ payer: 'medicare', claimFiling: 'CI' }],
  ])('knows the claim %o for Medicare’s', (claim) => {
    expect(payerOf(claim, feedConfiguration.payers)?.id).toBe('medicare');
    expect(payerOf({ payer: 'Medicaid', claimFiling: 'MC' }, feedConfiguration.payers)).toBe(
      undefined,
    );
  });

  it('makes a feed of each entry that is on, with the hosts of its addresses and those beside them', () => {
    const configuration = read([payer()], [rules(), news(), news({ id: 'old-news', on: false })]);
    const { feeds, hosts } = configuredFeeds(configuration);
    expect(feeds.map(({ id, source, allowedHosts }) => [id, source, allowedHosts])).toEqual([
      ['acme-rules', 'acme', ['rules.acme.example', 'cdn.acme.example']],
      ['news', 'news', ['news.example']],
    ]);
    expect(hosts).toEqual(['rules.acme.example', 'cdn.acme.example', 'news.example']);
    expect(configuration.policyFeeds.map(({ schedule }) => schedule.timeZone)).toEqual([
      'America/New_York',
      'America/Chicago',
      'America/Chicago',
    ]);
  });

  it('needs no address where files are handed over', () => {
    const { feeds } = configuredFeeds(read([payer()], [rules({ urls: [], hosts: [] })]));
    expect(feeds[0]?.allowedHosts).toEqual([]);
  });

  it('reads what it has read, as functions are told it', () => {
    const again = Buffer.from(JSON.stringify(feedConfiguration));
    expect(readFeedConfiguration(again, 'CODEWATCH_FEEDS')).toEqual(feedConfiguration);
  });
});

describe('shared/feeds/feed-configuration.ts', () => {
  const two = [
    payer(),
    payer({ id: 'bcbs', title: 'BCBS', names: [], claimFiling: [], sources: ['mcd'] }),
  ];
  it.each<[string, () => unknown, string]>([
    ['an unknown field', () => read([payer({ phone: '1' })], []), 'payers[0]: '],
    ['a payer without sources', () => read([payer({ sources: [] })], []), 'payers[0].sources: '],
    [
      'an id with blanks',
      () => read([payer({ id: 'A B' })], [rules()]),
      'payers[0].id: write small letters',
    ],
    [
      'a filing indicator that is none',
      () => read([payer({ claimFiling: ['Medicare'] })], [rules()]),
      'payers[0].claimFiling[0]: write a claim filing indicator',
    ],
    [
      'an address that is not https',
      () => read([payer()], [rules({ urls: ['http://a.example/x'] })]),
      'policyFeeds[0].urls[0]: write an https address',
    ],
    [
      'a password in an address',
      () => read([payer()], [rules(), news({ url: 'https://u:p@a.example/' })]),
      'policyFeeds[1].url: write an https address',
    ],
    [
      'an address inside the network',
      () => read([payer()], [rules(), news({ url: 'https://127.0.0.1/' })]),
      'policyFeeds[1].url: write an https address',
    ],
    [
      'a host that is an address',
      () => read([payer()], [rules({ hosts: ['https://a.example'] })]),
      'policyFeeds[0].hosts[0]: write a host name alone',
    ],
    [
      'a time that is none',
      () => read([payer()], [rules({ schedule: { at: '24:00' } })]),
      'policyFeeds[0].schedule.at: write a time of day',
    ],
    [
      'a time zone that is none',
      () => read([payer()], [rules({ schedule: { at: '07:00', timeZone: 'Mars' } })]),
      'policyFeeds[0].schedule.timeZone: write a time zone',
    ],
    [
      'a kind of feed that is none',
      () => read([payer()], [rules({ kind: 'gopher' })]),
      'policyFeeds[0].kind: ',
    ],
    [
      'a built-in feed that is not there',
      () =>
        read([payer()], [rules(), { id: 'cms-x', kind: 'built-in', schedule: { at: '07:00' } }]),
      'policyFeeds[1].id: no such feed; there is cms-mcd-export',
    ],
    [
      'the id of a feed of releases',
      () => read([payer()], [rules(), news({ id: 'cms-icd10cm' })]),
      `policyFeeds[1].id: "cms-icd10cm" is a feed of Codewatch's own`,
    ],
    [
      'a feed twice',
      () => read([payer()], [rules(), news(), news()]),
      'policyFeeds[2].id: "news" is taken',
    ],
    ['a payer twice', () => read([payer(), payer()], [rules()]), 'payers[1].id: "acme" is taken'],
    [
      'a source of two payers',
      () => read([payer(), payer({ id: 'b', title: 'B', names: [], claimFiling: [] })], [rules()]),
      'payers[1].sources[0]: "acme" is taken',
    ],
    [
      'a source that no feed brings',
      () => read([payer({ sources: ['acme', 'acme2'] })], [rules()]),
      'payers[0].sources[1]: no feed brings "acme2"',
    ],
    [
      'rules of a payer that is not there',
      () => read([payer()], [rules(), rules({ id: 'x', payer: 'bcbs' })]),
      'policyFeeds[1].payer: no payer "bcbs" has "acme" in its sources',
    ],
    [
      'a name of two payers',
      () => read([two[0] ?? {}, { ...two[1], names: ['Acme-HMO'] }], [rules()]),
      'payers[1].names[0]: "Acme-HMO" means acme already',
    ],
    [
      'a filing indicator of two payers',
      () => read([two[0] ?? {}, { ...two[1], claimFiling: ['HM'] }], [rules()]),
      'payers[1].claimFiling[0]: "HM" means acme already',
    ],
    [
      'a file that is cut off',
      () => readFeedConfiguration(Buffer.from(shipped.slice(0, 200)), 'infra/feeds.json'),
      'the file: It is no JSON',
    ],
    [
      'a name twice in an object',
      () =>
        readFeedConfiguration(
          Buffer.from(shipped.replace('"payers"', '"payers": [], "payers"')),
          'infra/feeds.json',
        ),
      'payers: "payers" stands here twice',
    ],
  ])('refuses %s and names its place', (_, reading, message) => {
    expect(reading).toThrow(`infra/feeds.json cannot be used:\n`);
    expect(reading).toThrow(`  ${message}`);
  });

  it('tells everything that is wrong at once', () => {
    const wrong = () => read([payer({ id: '' })], [news({ url: 'x' })]);
    expect(wrong).toThrow(/payers\[0\]\.id: .*\n {2}policyFeeds\[0\]\.url: /);
  });
});
