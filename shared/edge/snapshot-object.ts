// Where a snapshot lies in the archive's bucket: the same key for whoever writes, reads or links to it.

/** The key of a snapshot by its name. */
export const snapshotObject = (name: string): string => `snapshot/${name}`;
