// CodeSystem/$subsumes: how two codes relate in the code tree of a date (FHIR R4 CodeSystem-subsumes).
import { subsumes } from '../../../shared/operations/subsumes.ts';
import { agreed, askedCode } from './asked-code.ts';
import { operationPorts } from './fhir-context.ts';
import { pointOf } from './known-versions.ts';
import { operation } from './operation.ts';
import { codeType, codingType, dateType, stringType, uriType } from './parameter-types.ts';
import { one } from './read-parameters.ts';

const parameters = {
  codeA: one(codeType, 'code A, with system'),
  codeB: one(codeType, 'code B, with system'),
  system: one(uriType, 'the code system of both'),
  version: one(stringType, 'effective date of a release'),
  codingA: one(codingType, 'code A, instead of codeA and system'),
  codingB: one(codingType, 'code B, instead of codeB and system'),
  date: one(dateType, 'the day asked about; today when absent'),
};

/** The operation. */
export const subsumesOperation = operation(
  'CodeSystem',
  'subsumes',
  parameters,
  async (context, { codeA, codeB, codingA, codingB, system, version, date }, id) => {
    const namesA = { code: 'codeA', system: 'system', coding: 'codingA' };
    const namesB = { code: 'codeB', system: 'system', coding: 'codingB' };
    const a = askedCode({ code: codeA, coding: codingA, system, version }, id, namesA);
    const b = askedCode({ code: codeB, coding: codingB, system, version }, id, namesB);
    agreed({ 'codingA.system': a.system.uri, 'codingB.system': b.system.uri });
    const both = agreed({ 'version of A': a.version, 'version of B': b.version });
    const point = await pointOf(context, a.system.id, { version: both, date });
    const outcome = await subsumes(operationPorts(context), {
      system: point.system,
      date: point.date,
      codeA: a.code,
      codeB: b.code,
    });
    return { resourceType: 'Parameters', parameter: [{ name: 'outcome', valueCode: outcome }] };
  },
);
