// ConceptMap resources: the map from codes out of use to what replaces them. Its elements depend on the day: $translate.
import type { ConceptMap } from 'fhir/r4.js';
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { codeSystems } from '../../../shared/core/code-system.ts';
import { allCodes, billableCodes, type OwnConceptMap } from './canonical.ts';
import { nameOf } from './code-system-resource.ts';

/** The resource; its version is that of its code system. */
export function conceptMapResource(
  { system, url, id }: OwnConceptMap,
  version: CalendarDate,
): ConceptMap {
  const { title } = codeSystems[system];
  return {
    resourceType: 'ConceptMap',
    id,
    url,
    version,
    name: `${nameOf(system)}ReplacedBy`,
    title: `Codes of ${title} that ended or became headers, and what is billable in their place`,
    status: 'active',
    experimental: false,
    description:
      'From the official conversion tables; where those are silent, inferred from the code tree and marked as ' +
      'such. Which code replaces another depends on the day: the elements are not listed here, $translate tells them.',
    sourceUri: allCodes(system).url,
    targetUri: billableCodes(system).url,
  };
}
