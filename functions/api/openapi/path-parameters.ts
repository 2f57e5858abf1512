// The parts of paths that several operations have.
import { codeSystemIds } from '../../../shared/core/code-system.ts';
import { codeLengthMax } from '../code-in-path.ts';
import type { PathParameter } from './operation.ts';

/** `{system}`. */
export const systemInPath: PathParameter = {
  description: 'The code system.',
  schema: { type: 'string', enum: codeSystemIds },
  example: 'icd10cm',
};

/** `{system}` where there is ICD-10-CM only. */
export const diagnosisSystemInPath: PathParameter = {
  description: 'The code system: ICD-10-CM.',
  schema: { type: 'string', enum: ['icd10cm'] },
  example: 'icd10cm',
};

/** `{code}`. */
export const codeInPath: PathParameter = {
  description: 'The code, with or without dot, in any case.',
  schema: { type: 'string', minLength: 1, maxLength: codeLengthMax },
  example: 'M54.5',
};

/** `{id}` of a release. */
export const releaseInPath: PathParameter = {
  description:
    'The release: system and fiscal year (`icd10cm-2022`), or system, year and month (`icd10cm-2022-04`).',
  schema: { type: 'string' },
  example: 'icd10cm-2022',
};

/** `{id}` of something a tenant stored or was told. */
export const idInPath = (what: string, example: string): PathParameter => ({
  description: `The id of the ${what}.`,
  schema: { type: 'string', minLength: 1, maxLength: 128 },
  example,
});
