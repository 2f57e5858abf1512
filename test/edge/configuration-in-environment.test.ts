// The operator's configuration on its way into a function and out again.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { configurationFor } from '../../infra/configuration-variables.ts';
import { feedConfiguration, functions } from '../../infra/topology.ts';
import {
  feedsVariable,
  packed,
  payersFromEnvironment,
  payersVariable,
  unpacked,
} from '../../shared/edge/configuration-in-environment.ts';
import { configuredFeeds, readConfiguredFeeds } from '../../shared/feeds/configured-feeds.ts';

/** Lambda takes 4 KB of names and values in all. */
const environmentBytesMax = 4096;

describe('shared/edge/configuration-in-environment.ts', () => {
  it('gives back what was packed', () => {
    const value = { payers: [{ id: 'acme', title: 'Acme — Süd', names: ['ACME'] }] };
    const text = packed('X', value);
    expect(JSON.parse(new TextDecoder().decode(unpacked({ X: text }, 'X')))).toEqual(value);
    // No character that an environment variable or CloudFormation minds.
    expect(text).toMatch(/^[A-Za-z0-9+/=]+$/);
  });

  it('refuses what does not fit a function, at deployment and with what to do', () => {
    // Random names do not pack: 24 bits of each four characters are news.
    const names = Array.from({ length: 400 }, (_, i) =>
      gzipSync(String(i * 7919)).toString('base64'),
    );
    expect(() => packed('CODEWATCH_PAYERS', names)).toThrow(/CODEWATCH_PAYERS.*fewer payers/);
  });

  it('names the variable that is missing', () => {
    expect(() => unpacked({}, feedsVariable)).toThrow('CODEWATCH_FEEDS is not set');
    expect(() => payersFromEnvironment({})).toThrow('CODEWATCH_PAYERS is not set');
  });
});

describe('infra/configuration-variables.ts', () => {
  it('tells a function of the feeds all that the shipped configuration says', () => {
    const variables = configurationFor('feeds');
    expect(Object.keys(variables)).toEqual([feedsVariable]);
    const told = readConfiguredFeeds(unpacked(variables, feedsVariable), feedsVariable);
    const deployed = configuredFeeds(feedConfiguration);
    expect(told.feeds.map(({ id, source }) => [id, source])).toEqual(
      deployed.feeds.map(({ id, source }) => [id, source]),
    );
    expect(told.hosts).toEqual(deployed.hosts);
    expect(told.hosts).toContain('downloads.cms.gov');
  });

  it('tells a function of the payers what tells whose a claim is, and no more', () => {
    const variables = configurationFor('payers');
    expect(Object.keys(variables)).toEqual([payersVariable]);
    const [medicare] = payersFromEnvironment(variables);
    expect(medicare).toMatchObject({ id: 'medicare', claimFiling: ['MA', 'MB'] });
    expect(Object.keys(medicare ?? {})).toEqual(['id', 'title', 'names', 'claimFiling']);
  });

  it('tells the others nothing', () => {
    expect(configurationFor(undefined)).toEqual({});
    const told = Object.entries(functions).filter(([, { configuration }]) => configuration);
    expect(told.map(([id, { configuration }]) => `${id}: ${configuration}`)).toEqual([
      'pull: feeds',
      'ingestPolicies: feeds',
      'assessTenant: payers',
      'intake: payers',
      'api: payers',
      'intakeApi: payers',
    ]);
  });

  it('leaves room for the other variables', () => {
    const length = JSON.stringify({ ...configurationFor('feeds') }).length;
    expect(length).toBeLessThan(environmentBytesMax - 1000);
  });
});
