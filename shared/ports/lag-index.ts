// Where to look for policies that lag behind the code table. Says which documents to ask, not what they say: that follows from
// the version in force and the code's history, whatever became of both since.
import type { PolicyRef, PolicySourceId } from '../core/policy.ts';

/** A lost ICD-10-CM code (normal form) and a document that listed it, or lists what took its place. */
export type LagPlace = PolicyRef & { readonly code: string };

/** A page; `next` is what to pass as `after`. */
export type LagPage = { readonly items: readonly LagPlace[]; readonly next?: string };

/** Adapter: `store/lag-index.ts`. Nothing is ever removed. */
export type LagIndex = {
  /** Adds places, any number; those that are there stay as they are. */
  add(places: readonly LagPlace[]): Promise<void>;
  /** Documents to ask about a code, by source and id. */
  ofCode(code: string): Promise<readonly LagPlace[]>;
  /** Places of a source, by code and document. */
  ofSource(
    source: PolicySourceId,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<LagPage>;
};
