// A quarterly HCPCS file ends a code: the claims whose lines bill it and the template that offers it are hit, and the e-mail
// says so. Codes and dates as in hcpcs-world.ts.
import { beforeAll, describe, expect, it } from 'vitest';
import { parseArtifact } from '../../shared/claims/parse-artifact.ts';
import type { Alert } from '../../shared/core/finding.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryPublisher } from '../../shared/edge/memory-publisher.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { Publication } from '../../shared/ports/publisher.ts';
import { notify } from '../../shared/steps/notify.ts';
import { registerArtifact } from '../../shared/steps/register.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import { policiesIn } from '../support/current-policies.ts';
import { threeQuarters } from './hcpcs-world.ts';

const tenants = createTenantStore(createMemoryItemStore());
const publisher = createMemoryPublisher();
const clinic = 'riverside';
// July's file is taken in late: claims of October are stored by then.
const now = '2021-10-20T06:00:00.000Z';

async function store(type: 'claim' | 'template', id: string, body: object): Promise<void> {
  const { artifact, refusal } = parseArtifact(body, type, id);
  if (!artifact) throw new Error(refusal?.message);
  await tenants.putArtifact(clinic, artifact);
}

const visit = (dateOfService: string, procedure: string, billed: number) => ({
  diagnoses: [{ code: 'M17.11' }],
  lines: [
    { procedure: '20610', dateOfService, billed: 100 },
    { procedure, dateOfService, billed },
  ],
});

let world: Awaited<ReturnType<typeof threeQuarters>>;
let told: readonly Publication[];

beforeAll(async () => {
  await store('claim', 'before', visit('2021-09-30', 'J1100', 20));
  await store('claim', 'on-the-day', visit('2021-10-01', 'j1100', 20));
  await store('claim', 'later', visit('2021-10-04', 'J1100', 45));
  await store('claim', 'another-code', visit('2021-10-04', 'J3301', 20));
  await store('template', 'injections', {
    name: 'Injections',
    owner: 'Front desk',
    codes: ['M17.11', { system: 'hcpcs', code: 'J1100' }],
  });
  await store('template', 'infusions', {
    codes: [
      { system: 'hcpcs', code: 'Q0239' },
      { system: 'hcpcs', code: 'A9585' },
    ],
  });
  world = await threeQuarters(now);
  const { codeTable, clock, assessQueue } = world;
  const notifyQueue = createMemoryQueue();
  for (const { body } of assessQueue.messages) {
    await assessToTheEnd({ codeTable, tenants, notifyQueue, clock }, JSON.parse(body));
  }
  const baseUrl = 'https://codewatch.example.org';
  for (const { body } of notifyQueue.messages) {
    await notify({ tenants, publisher, clock, baseUrl }, JSON.parse(body));
  }
  told = publisher.publications;
});

const alertOn = (subject: RegExp): Publication => {
  const [found, ...more] = told.filter((one) => subject.test(one.subject));
  if (!found || more.length > 0) throw new Error(`not one of ${told.map((one) => one.subject)}`);
  return found;
};

describe('a quarterly HCPCS file that ends a code', () => {
  it('hits the template that offers it, and claims of the day and later, not those before', async () => {
    const { items } = await tenants.listFindings(clinic, { limit: 100 });
    const hits = items.map(({ system, code, artifact, release, effective }) =>
      [system, code, artifact.id, release, effective].join(' '),
    );
    expect(hits.toSorted()).toEqual([
      'hcpcs J1100 injections hcpcs-2021-10 2021-10-01',
      'hcpcs J1100 later hcpcs-2021-10 2021-10-01',
      'hcpcs J1100 on-the-day hcpcs-2021-10 2021-10-01',
      'hcpcs Q0239 infusions hcpcs-2021-07 2021-04-17',
    ]);
  });

  it('sends one e-mail a release, with the code CMS refers to, and what is at risk', () => {
    expect(told).toHaveLength(2);
    const { subject, bodies } = alertOn(/J1100/);
    expect(subject).toBe(
      'HCPCS Level II: J1100 not billable since 1 October 2021 (1 template, 2 claims)',
    );
    const email = bodies.email.replace(/\s+/g, ' ');
    // $100.00 and $20.00, $100.00 and $45.00; two claims at $25.00 to $100.00.
    for (const said of [
      'Since 1 October 2021, the HCPCS Level II code J1100 (Injection, dexamethasone sodium phosphate, 1 mg) can no longer be billed.',
      'This hits 1 of your templates and 2 stored claims dated 1 October 2021 or later.',
      'At risk: $265.00 billed on the claims, and $50.00 to $200.00 for reworking them after a denial.',
      'Ended on 1 October 2021: it is no longer in HCPCS Level II. Use instead (cross-reference in the HCPCS file): J1101 Injection, made up',
      'Templates to change: 1 Injections (owner: Front desk)',
      'Claims at risk: 2 ($265.00 billed; $50.00 to $200.00 to rework if denied)',
      'Release hcpcs-2021-10 of HCPCS Level II.',
      'a line of an earlier day may still be right.',
    ]) {
      expect(email).toContain(said);
    }
    expect(email).not.toMatch(/conversion table|on-the-day|M17/);
  });

  it('says of a code CMS names nothing for that none is named', () => {
    const { bodies } = alertOn(/Q0239/);
    expect(bodies.email.replace(/\s+/g, ' ')).toContain(
      'Ended on 17 April 2021: it is no longer in HCPCS Level II. The HCPCS file names no replacement: have the service coded anew.',
    );
  });

  it('tells machines the system and the code', () => {
    const body: Alert = JSON.parse(alertOn(/J1100/).bodies.default);
    expect(body).toMatchObject({
      ...{ system: 'hcpcs', release: 'hcpcs-2021-10', severity: 'high', kinds: ['ended'] },
      codes: [{ code: 'J1100', replacedBy: [{ code: 'J1101', source: 'official' }] }],
    });
  });

  it('hits a claim stored after the release as it comes, and closes the finding once it is put right', async () => {
    const { codeTable } = world;
    const readPolicies = policiesIn();
    const of = (procedure: string) => {
      const { artifact } = parseArtifact(visit('2021-10-11', procedure, 20), 'claim', 'new');
      if (!artifact) throw new Error('refused');
      return registerArtifact({ codeTable, tenants, readPolicies }, clinic, artifact);
    };
    const { findings } = await of('J1100');
    expect(findings).toMatchObject([
      { system: 'hcpcs', code: 'J1100', replacedBy: [{ code: 'J1101' }], artifact: { id: 'new' } },
    ]);
    const corrected = await of('J1101');
    expect(corrected.findings).toEqual([]);
    expect(corrected.closed).toEqual(findings.map(({ id }) => id));
  });
});
