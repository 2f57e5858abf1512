// What every intake format answers: the artifacts, and which records were refused, where and why.
import type { Artifact } from '../core/artifact.ts';
import type { ParsedArtifact, Refusal } from './parse-artifact.ts';

/**
 * A refused record; `where` is a line or the place in a list, from 1. Holds nothing of the record's
 * content.
 */
export type Rejection = Refusal & { readonly where: string };

/** What an intake file came to: every record is one or the other. */
export type Intake = {
  readonly artifacts: readonly Artifact[];
  readonly rejected: readonly Rejection[];
};

/** Sorts parsed records into accepted and refused, in their order. */
export function sortIntake(
  records: Iterable<{ readonly where: string; readonly parsed: ParsedArtifact }>,
): Intake {
  const artifacts: Artifact[] = [];
  const rejected: Rejection[] = [];
  for (const { where, parsed } of records) {
    if (parsed.refusal) rejected.push({ where, ...parsed.refusal });
    else artifacts.push(parsed.artifact);
  }
  return { artifacts, rejected };
}
