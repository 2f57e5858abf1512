// Where tenants leave files to be taken in, and find what became of them.

/** One file as it was left; what is left under the same key later is another one. */
export type InboxFile = {
  readonly key: string;
  /** Names the bytes where the store keeps versions. */
  readonly version?: string;
};

/** An open file: `identity` names its bytes, whatever its key. */
export type OpenInboxFile = {
  readonly identity: string;
  readonly bytes: AsyncIterable<Uint8Array>;
};

/** Adapters: S3 (`edge/s3-inbox.ts`), memory. Every method throws `unavailable` when the store cannot be reached. */
export type Inbox = {
  /**
   * The file, read piece by piece as it is asked for; undefined when it is not there any more. Reading throws `conflict`
   * when another file takes its place meanwhile.
   */
  open(file: InboxFile): Promise<OpenInboxFile | undefined>;
  /** Writes a JSON text for the tenant to read; replaces an earlier one. */
  writeResult(key: string, json: string): Promise<void>;
  /** Removes the file for good; another one of its key stays where versions are kept. */
  remove(file: InboxFile): Promise<void>;
};
