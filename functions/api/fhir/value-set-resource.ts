// ValueSet resources of our own: what each holds, in words and as a compose. The codes themselves: $expand.
import type { ValueSet, ValueSetComposeIncludeFilter } from 'fhir/r4.js';
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { codeSystems } from '../../../shared/core/code-system.ts';
import type { OwnValueSet } from './canonical.ts';
import { nameOf } from './code-system-resource.ts';

/** The resource; its version is that of its code system. */
export function valueSetResource(own: OwnValueSet, version: CalendarDate): ValueSet {
  const { system, isa, billableOnly, url, id } = own;
  const { title, uri } = codeSystems[system];
  const filter: ValueSetComposeIncludeFilter[] = [];
  if (isa !== undefined) filter.push({ property: 'concept', op: 'is-a', value: isa });
  if (billableOnly) filter.push({ property: 'billable', op: '=', value: 'true' });
  const name = nameOf(system);
  const kind = isa === undefined ? (billableOnly ? 'Billable' : 'All') : 'IsA';
  return {
    resourceType: 'ValueSet',
    id,
    url,
    version,
    name: isa === undefined ? `${name}${kind}` : `${name}${kind}_${isa.replace('.', '_')}`,
    title: titleOf(title, own),
    status: 'active',
    experimental: false,
    // Never copied, always worked out: what it holds follows from the code system.
    immutable: true,
    compose: {
      include: [{ system: uri, version, ...(filter.length > 0 && { filter }) }],
    },
  };
}

function titleOf(title: string, { isa, billableOnly }: OwnValueSet): string {
  if (isa !== undefined) return `${title} ${isa} and all codes under it`;
  return billableOnly ? `Billable codes of ${title}` : `All codes of ${title}, headers included`;
}
