// A code as searches, lists and hierarchies answer it: what the catalogue says of it on the date, officially written.
import type { CodeSystemId } from '../core/code-system.ts';
import { formatCode } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';
import type { CatalogueEntry } from '../ports/catalogue.ts';
import type { Span } from './timeline-span.ts';

/** A code listed on the date asked for: a look-up's answer without what only a look-up works out. */
export type ListedCode = {
  readonly system: CodeSystemId;
  /** With the official dot. */
  readonly code: string;
  readonly status: 'billable' | 'header';
  readonly billable: boolean;
  /** Titles of the date. */
  readonly title: { readonly short: string; readonly long: string };
  /** Days on which exactly these facts hold; `to` is null while no release ends them. */
  readonly effective: Span;
  /** The release that began these facts. */
  readonly release: ReleaseId;
};

/** A catalogue entry as answered. */
export function listedCode(entry: CatalogueEntry): ListedCode {
  const { system, status, short, long } = entry;
  return {
    system,
    code: formatCode(system, entry.code),
    status,
    billable: status === 'billable',
    title: { short, long },
    effective: { from: entry.effective, to: entry.until },
    release: entry.release,
  };
}
