// Claims and templates of files as `codewatch check` goes through them: on which day each is judged, what is at stake with
// it, and which comes first.
import type { WrittenSettings } from '../../functions/api/settings-body.ts';
import {
  type Artifact,
  billedCentsOf,
  governingDate,
  serviceOf,
} from '../../shared/core/artifact.ts';
import type { CalendarDate } from '../../shared/core/calendar-date.ts';
import { reworkCents } from '../../shared/core/money.ts';
import { type AtRiskUntil, filingDeadline, lostFirst } from '../../shared/core/timely-filing.ts';
import type { FileArtifact } from './commands/read-artifact-files.ts';

/** What is at stake with a claim; nothing with a template, which bills nothing itself. */
export type AtRisk = {
  readonly billedCents: number;
  readonly reworkCentsMin: number;
  readonly reworkCentsMax: number;
};

/** Where a claim or template stands, whose it is, and of a claim until when to file it and what is at stake. */
export type CheckPlace = {
  readonly file: string;
  /** Place in the file, as intake tells it. */
  readonly where: string;
  readonly artifact: {
    readonly type: Artifact['type'];
    readonly id: string;
    readonly name?: string;
  };
  readonly owner?: string;
  /** The last day to file a claim. */
  readonly fileBy?: CalendarDate;
  readonly atRisk: AtRisk;
};

/** Days of a tenant's payers, and what rework costs. */
export type Terms = Pick<WrittenSettings, 'reworkCost' | 'timelyFilingDays'>;

/** A claim or template to be checked. */
export type CheckSubject = {
  readonly from: FileArtifact;
  /** A claim's own date; templates and claims without one are checked on the days asked for. */
  readonly own?: CalendarDate;
  readonly place: CheckPlace;
};

/** The subjects of files: templates first, as the files have them; then claims, what is lost first coming first. */
export const subjectsOf = (
  artifacts: readonly FileArtifact[],
  terms: Terms,
  today: CalendarDate,
): readonly CheckSubject[] =>
  inOrder(
    artifacts.map((from) => subjectOf(from, terms)),
    today,
  );

function subjectOf(from: FileArtifact, terms: Terms): CheckSubject {
  const { file, where, artifact } = from;
  const { type, id, name, owner } = artifact;
  const own = artifact.type === 'claim' ? governingDate(artifact) : undefined;
  return {
    from,
    ...(own && { own }),
    place: {
      file,
      where,
      artifact: { type, id, ...(name !== undefined && { name }) },
      ...(owner !== undefined && { owner }),
      ...stakeOf(artifact, terms),
    },
  };
}

/** Of a claim what is at stake, and until when. */
function stakeOf(artifact: Artifact, terms: Terms): Pick<CheckPlace, 'fileBy' | 'atRisk'> {
  if (artifact.type === 'template') {
    return { atRisk: { billedCents: 0, reworkCentsMin: 0, reworkCentsMax: 0 } };
  }
  const { timelyFilingDays, reworkCost } = terms;
  const rework = reworkCents(1, {
    centsMin: Math.round(reworkCost.min * 100),
    centsMax: Math.round(reworkCost.max * 100),
  });
  const service = serviceOf(artifact);
  const filing = { defaultDays: timelyFilingDays.default, daysByPayer: timelyFilingDays.byPayer };
  return {
    ...(service && { fileBy: filingDeadline(service, filing) }),
    atRisk: {
      billedCents: billedCentsOf(artifact),
      reworkCentsMin: rework.min,
      reworkCentsMax: rework.max,
    },
  };
}

function inOrder(subjects: readonly CheckSubject[], today: CalendarDate): readonly CheckSubject[] {
  const byLoss = lostFirst(today);
  const stake = ({ place }: CheckSubject): AtRiskUntil => ({
    ...(place.fileBy && { fileBy: place.fileBy }),
    atRisk: place.atRisk,
  });
  const isTemplate = ({ place }: CheckSubject): boolean => place.artifact.type === 'template';
  const claims = subjects.filter((one) => !isTemplate(one));
  return [...subjects.filter(isTemplate), ...claims.toSorted((a, b) => byLoss(stake(a), stake(b)))];
}
