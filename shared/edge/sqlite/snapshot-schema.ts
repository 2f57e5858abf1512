// The schema of the snapshot file, as one reads it in the sqlite3 shell (`.schema`): docs/snapshot.md explains it.
import type { CodeSystemId } from '../../core/code-system.ts';

/** `application_id` of our files: "CWsn" in ASCII. */
export const applicationId = 0x43_57_73_6e;

/** The full-text table of a system. */
export const searchTable = (system: CodeSystemId): string => `search_${system}`;

/** Tables, in the order they are filled. Dates are `YYYY-MM-DD`, codes without dot unless the column is `dotted`. */
export const tables = `
CREATE TABLE meta ( -- what this file is
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE system ( -- code systems, and up to where this file knows them
  id TEXT PRIMARY KEY, -- icd10cm, icd10pcs
  title TEXT NOT NULL,
  uri TEXT NOT NULL, -- in FHIR
  begins TEXT NOT NULL, -- first date of service on which its codes may be used
  seq INTEGER NOT NULL, -- everything recorded up to this sequence number is in this file
  abandoned TEXT NOT NULL, -- JSON list of sequence numbers that were never committed
  horizon_from TEXT NOT NULL, -- effective date of the oldest release
  newest TEXT NOT NULL, -- effective date of the newest release
  first_version INTEGER NOT NULL, -- its versions have the ids from this one
  last_version INTEGER NOT NULL -- to this one
) WITHOUT ROWID, STRICT;

CREATE TABLE sequence ( -- what was recorded when
  system TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL, -- instant, UTC
  release TEXT NOT NULL,
  PRIMARY KEY (system, seq)
) WITHOUT ROWID, STRICT;

CREATE TABLE release ( -- every state of every release that was taken in
  system TEXT NOT NULL,
  effective TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL, -- icd10cm-2026, icd10cm-2021-01
  status TEXT NOT NULL, -- committed; superseded: a correction of it had come before
  in_force INTEGER NOT NULL, -- 1: what counts now for its effective date
  published TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  rows INTEGER NOT NULL,
  billable INTEGER NOT NULL,
  added INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  expanded INTEGER NOT NULL, -- billable became header
  collapsed INTEGER NOT NULL, -- header became billable
  retitled INTEGER NOT NULL,
  record TEXT NOT NULL, -- JSON: all of it, with source URLs, sha256 and findings
  PRIMARY KEY (system, effective, seq)
) WITHOUT ROWID, STRICT;

CREATE TABLE change ( -- what a release changed, as recorded under a sequence number
  release TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL, -- added, collapsed, ended, expanded, retitled
  code TEXT NOT NULL,
  effective TEXT NOT NULL,
  before_billable INTEGER, -- NULL: was not listed
  before_short TEXT,
  before_long TEXT, -- NULL: the same as before_short
  after_billable INTEGER, -- NULL: is not listed any more
  after_short TEXT,
  after_long TEXT, -- NULL: the same as after_short
  replaced_by TEXT, -- JSON list of {code, source, effective}
  replaces TEXT, -- JSON list of {code, source, effective}
  cosmetic INTEGER, -- of a retitled code: 1 when only case, blanks or punctuation differ
  PRIMARY KEY (release, seq, kind, code)
) WITHOUT ROWID, STRICT;

CREATE TABLE version ( -- from a date on, these facts, as recorded by a sequence number; nothing is ever taken out
  id INTEGER PRIMARY KEY, -- ascends in tabular order, then by effective date and sequence number
  system TEXT NOT NULL,
  code TEXT NOT NULL,
  dotted TEXT AS (
    CASE WHEN system = 'icd10cm' AND length(code) > 3
    THEN substr(code, 1, 3) || '.' || substr(code, 4) ELSE code END
  ) VIRTUAL, -- the code as officially written
  effective TEXT NOT NULL,
  valid_to TEXT, -- of a believed version: last day it holds; NULL: nothing known ends it
  believed INTEGER NOT NULL, -- 1: holds as of the system's sequence number, and says something new
  seq INTEGER NOT NULL,
  status TEXT NOT NULL, -- billable, header, ended; withdrawn: taken back, as if never listed
  kind TEXT NOT NULL, -- the change that made it; baseline: first release; restated: only said again
  release TEXT NOT NULL,
  short TEXT NOT NULL,
  long TEXT, -- NULL: the same as short
  replaced_by TEXT, -- JSON list of {code, source, effective}
  replaces TEXT -- JSON list of {code, source, effective}
) STRICT;

CREATE TABLE listed ( -- believed versions of listed codes, to filter what is found without reading it
  version_id INTEGER PRIMARY KEY REFERENCES version (id),
  valid_from INTEGER NOT NULL, -- 20211001
  valid_to INTEGER NOT NULL, -- 99991231 while nothing known ends it
  billable INTEGER NOT NULL,
  length INTEGER NOT NULL -- of the long title
) STRICT;
`;

/** The full-text table of a system: only the index is kept, the text is in `version`. */
export const searchTableSql = (system: CodeSystemId): string => `
CREATE VIRTUAL TABLE ${searchTable(system)} USING fts5 ( -- rowid is version.id, of listed ones
  code, name,
  content = '', detail = 'column', columnsize = 0, prefix = '1 2',
  tokenize = 'ascii'
);`;

/** Indexes and views, made once the tables are full. */
export const indexesAndViews = `
CREATE INDEX version_by_code ON version (system, code);

CREATE VIEW code_period AS -- what each code is from when to when, as believed now
SELECT system, dotted AS code, effective AS valid_from, valid_to, status, status = 'billable' AS billable,
  short, coalesce(long, short) AS long, kind, release, code AS undotted, id AS version_id
FROM version WHERE believed;

CREATE VIEW code_replacement AS -- what takes the place of a code that ended or became a category
SELECT v.system, v.dotted AS code, v.effective AS since, r.value ->> 'code' AS replaced_by,
  r.value ->> 'source' AS source, r.value ->> 'effective' AS effective
FROM version v, json_each(v.replaced_by) r WHERE v.believed AND v.replaced_by IS NOT NULL;

CREATE VIEW release_change AS -- what each release changed, as it counts now
SELECT r.system, r.id AS release, c.kind, c.code, c.effective,
  c.before_billable, c.before_short, coalesce(c.before_long, c.before_short) AS before_long,
  c.after_billable, c.after_short, coalesce(c.after_long, c.after_short) AS after_long,
  c.replaced_by, c.replaces, c.cosmetic
FROM release r JOIN change c ON c.release = r.id AND c.seq = r.record ->> 'changesSeq'
WHERE r.in_force;
`;
