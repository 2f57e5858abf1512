// Publishing alerts to subscribers.

/** One message for every subscriber whose filter it matches (SNS `MessageStructure: json`). */
export type Publication = {
  /** Same id within five minutes: a subscriber's queue holds it once. */
  readonly deduplicationId: string;
  /** Order is kept within a group: the tenant. */
  readonly groupId: string;
  readonly subject: string;
  /** Body by protocol: `default` (JSON for machines), `email` (plain text), `https`. */
  readonly bodies: { readonly default: string; readonly email: string; readonly https: string };
  /** Strings and string arrays that filter policies select on. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
};

/** Adapter: SNS (`edge/sns-publisher.ts`). Answers the message ids; throws `unavailable` (retryable) or `rejected`. */
export type Publisher = { publish(publication: Publication): Promise<readonly string[]> };
