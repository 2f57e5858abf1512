// Where in a file a resource stands, and how a place inside it is written.

/** The place of a resource, and what comes before a path inside it. */
export type Place = {
  /** `entry[3]`, `line 5`, or the type of a resource that stands alone. */
  readonly where: string;
  /** `entry[3].resource.`, `line 5, `, or empty. */
  readonly prefix: string;
};

/** The place of a resource on a line of its own. */
export const placeOfLine = (line: number): Place => ({
  where: `line ${line}`,
  prefix: `line ${line}, `,
});

/** The place of an entry of a Bundle that stands at `around`. */
export const placeOfEntry = (around: string, at: number): Place => ({
  where: `${around}entry[${at}]`,
  prefix: `${around}entry[${at}].resource.`,
});
