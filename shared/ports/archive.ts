// The archive: every downloaded byte by its hash, and the normal forms made from them. Nothing is ever overwritten.

/** What is kept beside archived bytes. */
export type ArchiveNote = {
  readonly url: string;
  /** ISO instant of the download. */
  readonly fetchedAt: string;
  /** Response headers that matter: etag, last-modified, content-type, content-length. */
  readonly headers: Readonly<Record<string, string>>;
};

/** Adapters: S3 (`edge/s3-archive.ts`) and memory (`edge/memory-archive.ts`), one contract suite. */
export type Archive = {
  /** Keeps the bytes under `raw/<sha256>` with a note per URL and fetch; answers the lower-case hex sha256. */
  keep(bytes: Uint8Array, note: ArchiveNote): Promise<string>;
  /** The bytes of a hash; throws `archive-missing` when there are none. */
  read(sha256: string): Promise<Uint8Array>;
  /** Keeps a derived form under `normal/<sha256>`; answers its sha256. */
  keepNormalForm(bytes: Uint8Array): Promise<string>;
  /** The derived form of a hash; throws `archive-missing` when there is none. */
  readNormalForm(sha256: string): Promise<Uint8Array>;
};
