// A coverage set as a ValueSet: what a list says, whose and of which version it is, and its codes as they are listed.
import type { ValueSet, ValueSetCompose, ValueSetComposeInclude } from 'fhir/r4.js';
import type { CodeRange } from '../../../shared/core/code-range.ts';
import { codeSystems, formatCode } from '../../../shared/core/code-system.ts';
import type { CoverageList, DiagnosisGroup, PolicyVersion } from '../../../shared/core/policy.ts';
import { type CoverageSet, coverageSetId, coverageSetUrl } from './coverage-set.ts';

const { uri: system, title: systemTitle } = codeSystems.icd10cm;

const words: Readonly<Record<CoverageList, string>> = {
  covered: 'diagnoses that support the procedures',
  'not-covered': 'diagnoses that do not support the procedures',
  requires: 'diagnoses that support the procedures under a condition',
  'prior-authorization': 'diagnoses that need prior authorisation',
};

const statuses = { 'in-force': 'active', future: 'draft', ended: 'retired' } as const;

/** FHIR R4 extension: the days on which a resource is to be used. */
const effectivePeriod = 'http://hl7.org/fhir/StructureDefinition/resource-effectivePeriod';

const dotted = (code: string): string => formatCode('icd10cm', code);

/** A range as the filter `range` of the code systems takes it. */
const writtenRange = ({ from, to }: CodeRange): string => `${dotted(from)}-${dotted(to)}`;

/** Names of the sets of a document begin with this: `Mcd_A57791`. */
export const coverageSetNameBase = ({ source, id }: Pick<PolicyVersion, 'source' | 'id'>): string =>
  plain(`${source.charAt(0).toUpperCase()}${source.slice(1)}_${id}`);

const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '_');

/** The resource; its version is that of the document. */
export function coverageSetResource({ version, group, status }: CoverageSet): ValueSet {
  const { source, id, title, effective, ends, published } = version;
  const name = { source, id, list: group.list, group: group.group };
  return {
    resourceType: 'ValueSet',
    id: coverageSetId(name),
    extension: [
      { url: effectivePeriod, valuePeriod: { start: effective, ...(ends && { end: ends }) } },
    ],
    url: coverageSetUrl(name),
    version: version.version,
    name: plain(`${coverageSetNameBase(version)}_${group.list}_${group.group}`),
    title: `${id} ${title}: ${words[group.list]}, group ${group.group}`,
    status: statuses[status],
    experimental: false,
    ...(published && { date: published }),
    description: descriptionOf({ version, group, status }),
    ...composeOf({ version, group, status }),
  };
}

function descriptionOf({ version, group }: CoverageSet): string {
  const procedures = group.procedures.join(', ') || 'no procedures by name';
  return [
    `For ${procedures} (${group.mapping}).`,
    ...(group.quote === undefined ? [] : [group.quote]),
    ...(group.everythingElse ? ['Every code the document does not list otherwise.'] : []),
    ...(group.asterisked.length > 0
      ? [
          `Under a condition only: ${group.asterisked.map(dotted).join(', ')}. ${group.footnote ?? ''}`,
        ]
      : []),
    version.url,
  ].join('\n');
}

/** The codes as listed, those that ended since among them. Nothing when the list is empty. */
function composeOf({ version, group }: CoverageSet): { compose?: ValueSetCompose } {
  const { source, id, groups } = version;
  const { codes, ranges } = group.diagnoses;
  const include: ValueSetComposeInclude[] = [];
  if (codes.length > 0)
    include.push({ system, concept: codes.map((code) => ({ code: dotted(code) })) });
  for (const range of ranges) {
    include.push({ system, filter: [{ property: 'range', op: '=', value: writtenRange(range) }] });
  }
  if (!group.everythingElse) return include.length > 0 ? { compose: { include } } : {};
  const isForSame = ({ list, procedures }: DiagnosisGroup): boolean =>
    list !== 'not-covered' && procedures.some((code) => group.procedures.includes(code));
  const exclude = groups.filter(isForSame).map(({ list, group: other }) => ({
    valueSet: [coverageSetUrl({ source, id, list, group: other })],
  }));
  const billable = { property: 'billable', op: '=', value: 'true' } as const;
  const all = [{ system, filter: [billable] }];
  return { compose: { include: all, ...(exclude.length > 0 && { exclude }) } };
}

/** Says what the sets hold, for the capabilities. */
export const aboutCoverageSets =
  `Beside the code systems: the lists of payer policies as value sets of ${systemTitle} (mcd-A57791-covered-1: source, ` +
  'document, list, group), each version of a document a version, expanded for the version in force on the date.';
