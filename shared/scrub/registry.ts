// Every scrub rule, in the order in which findings on one code are told. A test holds the list to the files there are.
import type { ScrubRule } from './rule.ts';
import { ageConflict } from './rules/age-conflict.ts';
import { codeEnded } from './rules/code-ended.ts';
import { codeFirst } from './rules/code-first.ts';
import { codeFuture } from './rules/code-future.ts';
import { codeHeader } from './rules/code-header.ts';
import { codeOutsideHorizon } from './rules/code-outside-horizon.ts';
import { codeSetMismatch } from './rules/code-set-mismatch.ts';
import { codeUnknown } from './rules/code-unknown.ts';
import { coverage } from './rules/coverage.ts';
import { duplicate } from './rules/duplicate.ts';
import { excludes1 } from './rules/excludes1.ts';
import { laterality } from './rules/laterality.ts';
import { notChecked } from './rules/not-checked.ts';
import { pointer } from './rules/pointer.ts';
import { principalExternalCause } from './rules/principal-external-cause.ts';
import { principalManifestation } from './rules/principal-manifestation.ts';
import { principalUnacceptable } from './rules/principal-unacceptable.ts';
import { seventhCharacter } from './rules/seventh-character.ts';
import { sexConflict } from './rules/sex-conflict.ts';
import { unspecified } from './rules/unspecified.ts';

/** The rules. */
export const scrubRules: readonly ScrubRule[] = [
  codeSetMismatch,
  codeUnknown,
  seventhCharacter,
  codeHeader,
  codeEnded,
  codeFuture,
  codeOutsideHorizon,
  principalExternalCause,
  principalManifestation,
  principalUnacceptable,
  codeFirst,
  excludes1,
  ageConflict,
  sexConflict,
  duplicate,
  laterality,
  unspecified,
  pointer,
  coverage,
  notChecked,
];
