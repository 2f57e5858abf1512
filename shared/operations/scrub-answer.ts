// What scrubbing answers: what was found as findings of the shape alerts lead to, and what is lost by when if it goes out so.
import { type Artifact, billedCentsOf, type Claim, serviceOf } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { Finding } from '../core/finding.ts';
import { formatIcd9 } from '../core/icd9.ts';
import { reworkCents } from '../core/money.ts';
import type { TenantSettings } from '../core/tenant-settings.ts';
import { filingDeadline } from '../core/timely-filing.ts';
import { servicesOf } from '../scrub/dated-codes.ts';
import { written } from '../scrub/item-wording.ts';
import type { ScrubItem, Subject } from '../scrub/rule.ts';

/** A scrub item with what findings of changes say besides, so that one list can hold both. */
export type ScrubFinding = ScrubItem & {
  /** Of the code; absent without one. */
  readonly system?: CodeSystemId | 'icd9cm';
  /** Of a stored one. */
  readonly artifact?: Finding['artifact'];
  readonly owner?: string;
  readonly fileBy?: CalendarDate;
  /** What denial of the claim would put at risk, whatever the severity; nothing for templates. */
  readonly atRisk: Finding['atRisk'];
};

/** The answer on one claim or template. */
export type Scrubbed = {
  /** What would be denied first. */
  readonly items: readonly ScrubFinding[];
  /** In cents: nothing while no item is an error; `billedCents` null when the claim names no amount. */
  readonly atRisk: {
    readonly billedCents: number | null;
    readonly reworkCentsMin: number;
    readonly reworkCentsMax: number;
  };
  /** The last day to file; null when it is not known, and for templates. */
  readonly fileBy: CalendarDate | null;
};

/** What was scrubbed, as an artifact and as rules saw it. */
export type ScrubbedArtifact = {
  readonly artifact: Artifact;
  readonly subject: Subject;
  /** True when items are to name the artifact: it is stored under its id. */
  readonly isStored: boolean;
};

const none = { billedCents: 0, reworkCentsMin: 0, reworkCentsMax: 0 } as const;

/** Whether a claim says anything of what it bills. */
const namesAmount = ({ billedCents, lines = [] }: Claim): boolean =>
  billedCents !== undefined || lines.some((line) => line.billedCents !== undefined);

function stakeOf(artifact: Artifact, { reworkCost }: TenantSettings): Finding['atRisk'] {
  if (artifact.type === 'template') return none;
  const { min, max } = reworkCents(1, reworkCost);
  return { billedCents: billedCentsOf(artifact), reworkCentsMin: min, reworkCentsMax: max };
}

/** Systems of a subject's codes, by the code as items write it. */
function systemsOf(subject: Subject): ReadonlyMap<string, ScrubFinding['system']> {
  const systems = new Map<string, ScrubFinding['system']>();
  for (const { system, code } of subject.diagnoses) {
    const text = system === 'icd9cm' ? formatIcd9(code) : written(system, code);
    if (!systems.has(text)) systems.set(text, system);
  }
  for (const code of subject.procedures) {
    const text = written('icd10pcs', code);
    if (!systems.has(text)) systems.set(text, 'icd10pcs');
  }
  for (const { code } of servicesOf(subject, []))
    if (!systems.has(code)) systems.set(code, 'hcpcs');
  return systems;
}

/** The stored artifact as items name it; nothing of what was only sent along. */
function placeOf({
  artifact,
  isStored,
}: ScrubbedArtifact): Pick<ScrubFinding, 'artifact' | 'owner'> {
  if (!isStored) return {};
  const { type, id, name, owner } = artifact;
  return {
    artifact: { type, id, ...(name !== undefined && { name }) },
    ...(owner !== undefined && { owner }),
  };
}

/** The answer made of what the rules found, by the settings of the tenant that asks. */
export function scrubAnswer(
  items: readonly ScrubItem[],
  of: ScrubbedArtifact,
  settings: TenantSettings,
): Scrubbed {
  const { artifact, subject } = of;
  const service = serviceOf(artifact);
  const fileBy = service && filingDeadline(service, settings.timelyFiling);
  const stake = stakeOf(artifact, settings);
  const isDenied = items.some(({ severity }) => severity === 'error');
  const isUnknown = artifact.type === 'claim' && !namesAmount(artifact);
  const systems = systemsOf(subject);
  const same = { ...placeOf(of), ...(fileBy && { fileBy }), atRisk: stake };
  return {
    items: items.map((item) => {
      const system = systems.get(item.code ?? '');
      return { ...item, ...(system && { system }), ...same };
    }),
    atRisk: isDenied ? { ...stake, billedCents: isUnknown ? null : stake.billedCents } : none,
    fileBy: fileBy ?? null,
  };
}
