// HCPCS from CMS's page to the code table: 2021 as it went.
import { describe, expect, it } from 'vitest';
import { verify } from '../../shared/steps/verify.ts';
import {
  april,
  counseling,
  createHcpcsWorld,
  dexamethasone,
  gadobutrol,
  january,
  july,
  threeQuarters,
  together,
} from './hcpcs-world.ts';

describe('HCPCS from page to code table', () => {
  it('takes a code to be valid from its own first day, though its file came later', async () => {
    const { status } = await threeQuarters();
    expect(await status('Q0245', '2021-02-08')).toBe('future');
    expect(await status('Q0245', '2021-02-09')).toBe('billable');
  });

  it('ends a code on the day after its last, though its file came later', async () => {
    const { look, status } = await threeQuarters();
    expect(await status('Q0239', '2021-04-16')).toBe('billable');
    expect(await look('Q0239', '2021-04-17')).toMatchObject({
      ...{ status: 'ended', billable: false, release: 'hcpcs-2021-07' },
      title: { long: 'Injection, bamlanivimab-xxxx, 700 mg' },
      replacedBy: [],
    });
  });

  it('ends a code on a day to come that its file names, with the code CMS refers to', async () => {
    const { codeTable, look, status } = await threeQuarters();
    expect(await status('J1100', '2021-09-30')).toBe('billable');
    expect(await look('J1100', '2021-10-01')).toMatchObject({
      ...{ status: 'ended', release: 'hcpcs-2021-10' },
      replacedBy: [{ code: 'J1101', source: 'official', effective: '2021-10-01' }],
    });
    expect(await look('J1101', '2021-10-01')).toMatchObject({
      replaces: [{ code: 'J1100', source: 'official' }],
    });
    const ids = (await codeTable.releases('hcpcs')).map(({ id }) => id);
    expect(ids).toEqual(['hcpcs-2021-01', 'hcpcs-2021-04', 'hcpcs-2021-07', 'hcpcs-2021-10']);
  });

  it('takes the next quarter’s file as a correction of the day the last one told ahead', async () => {
    const world = await threeQuarters();
    // October's file has the old code after all, and not its successor.
    world.publish('OCT', 9, [
      gadobutrol,
      counseling,
      together,
      { ...dexamethasone, terminated: '' },
    ]);
    await world.run();
    expect(await world.status('J1100', '2021-10-01')).toBe('billable');
    expect(await world.status('J1101', '2021-10-01')).toBe('unknown');
    expect(await world.status('Q0239', '2021-04-17')).toBe('ended');
    const { items, archive } = world;
    const [verified] = (await verify({ items, archive })).filter(
      ({ system }) => system === 'hcpcs',
    );
    expect(verified).toMatchObject({ releases: 4, disagreements: [] });
  });

  it('says the same of every code and day in whatever order the files come', async () => {
    const inOrder = await threeQuarters();
    const backwards = createHcpcsWorld();
    backwards.publish('JUL', 6, july);
    await backwards.run();
    backwards.publish('APR', 3, [...april, { ...dexamethasone, terminated: '' }]);
    await backwards.run();
    backwards.publish('JAN', 1, [...january, { ...dexamethasone, terminated: '' }]);
    await backwards.run();
    for (const code of ['A9585', 'Q0239', 'Q0245', 'J1100', 'J1101']) {
      for (const date of ['2021-01-01', '2021-02-09', '2021-04-17', '2021-07-01', '2021-10-01']) {
        expect(await backwards.status(code, date), `${code} ${date}`).toBe(
          await inOrder.status(code, date),
        );
      }
    }
  });

  it('reports a page that is not there and fails nothing', async () => {
    const summary = await createHcpcsWorld().run();
    expect(summary).toMatchObject({ reached: false, listed: 0, candidatesSent: 0 });
    expect(summary?.findings.map(({ code }) => code)).toEqual(['listing-missing']);
  });

  it('quarantines a file whose columns moved, and changes nothing', async () => {
    const world = await threeQuarters();
    world.publish('OCT', 9, [{ ...gadobutrol, added: '2012' }]);
    await expect(world.run()).rejects.toThrow('date-shape');
    expect(await world.status('A9585', '2021-12-31')).toBe('billable');
  });
});
