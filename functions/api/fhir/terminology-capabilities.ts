// Which code systems in which versions, and how expansions work: TerminologyCapabilities at `metadata?mode=terminology`.
import type { TerminologyCapabilities, TerminologyCapabilitiesCodeSystem } from 'fhir/r4.js';
import { type CodeSystemId, codeSystemIds, codeSystems } from '../../../shared/core/code-system.ts';
import { canonicalBase } from './canonical.ts';
import { software } from './capability-statement.ts';
import { conceptProperties } from './code-system-resource.ts';
import { aboutCoverageSets } from './coverage-set-resource.ts';
import { expandParameters } from './expand-operation.ts';
import { type FhirContext, todayOf } from './fhir-context.ts';
import { inForceOn, knownVersions } from './known-versions.ts';

/** The capabilities, as served under the base of the request. */
export async function terminologyCapabilities(
  context: FhirContext,
): Promise<TerminologyCapabilities> {
  const systems = await Promise.all(codeSystemIds.map((id) => codeSystemOf(context, id)));
  return {
    resourceType: 'TerminologyCapabilities',
    url: `${canonicalBase}/metadata?mode=terminology`,
    name: 'CodewatchTerminologyCapabilities',
    title: 'Codewatch: code systems, versions and expansions',
    status: 'active',
    description: aboutCoverageSets,
    date: todayOf(context),
    kind: 'instance',
    software: { ...software },
    implementation: { description: 'Codewatch FHIR R4 terminology', url: context.base },
    lockedDate: false,
    codeSystem: systems.filter((one) => (one.version ?? []).length > 0),
    expansion: {
      hierarchical: false,
      paging: true,
      incomplete: false,
      parameter: Object.entries(expandParameters).flatMap(([name, declared]) =>
        'type' in declared ? [{ name, documentation: declared.about }] : [],
      ),
      textFilter: 'Every word must begin a word of the title or the code; case does not matter.',
    },
    codeSearch: 'all',
    validateCode: { translations: false },
    translation: { needsMap: false },
    closure: { translation: false },
  };
}

async function codeSystemOf(
  context: FhirContext,
  system: CodeSystemId,
): Promise<TerminologyCapabilitiesCodeSystem> {
  const versions = await knownVersions(context, system);
  const current = inForceOn(versions, todayOf(context));
  return {
    uri: codeSystems[system].uri,
    version: versions.toReversed().map((one) => ({
      code: one.effective,
      isDefault: one === current,
      compositional: false,
      language: ['en'],
      filter: [
        { code: 'concept', op: ['is-a'] },
        { code: 'billable', op: ['='] },
        { code: 'range', op: ['='] },
      ],
      property: conceptProperties.map(({ code }) => code),
    })),
    subsumption: true,
  };
}
