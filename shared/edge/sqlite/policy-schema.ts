// The part of the snapshot's schema that holds payer policies: docs/snapshot.md explains it.

/** Tables of policies, in the order they are filled. */
export const policyTables = `
CREATE TABLE policy_edition ( -- what was taken in from a source of policies at once
  source TEXT NOT NULL, -- mcd, or what the configuration calls another one
  seq INTEGER NOT NULL, -- 1, 2, ... in the order taken in
  id TEXT NOT NULL,
  day TEXT NOT NULL, -- published, else collected
  record TEXT NOT NULL, -- all of it as JSON
  PRIMARY KEY (source, seq)
) WITHOUT ROWID, STRICT;

CREATE TABLE policy_text ( -- paragraphs of documents, each once
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE policy_version ( -- a version of a document as an edition told it; nothing is ever taken out
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  document TEXT NOT NULL, -- A57791
  version TEXT NOT NULL, -- digits; the higher number is the later version
  seq INTEGER NOT NULL, -- of the edition
  payer TEXT NOT NULL,
  title TEXT NOT NULL,
  published TEXT,
  effective TEXT NOT NULL, -- first day it applies
  ends TEXT, -- last day, when it ends
  first_seen TEXT NOT NULL, -- day we first saw it
  newest INTEGER NOT NULL, -- 1: the one that counts of the document, by version number and then edition
  body TEXT NOT NULL, -- all of it as JSON, with ids of policy_text in place of texts
  UNIQUE (source, document, version, seq)
) STRICT;

CREATE TABLE policy_procedure ( -- which documents name a procedure in some version
  code TEXT NOT NULL, -- HCPCS or CPT
  source TEXT NOT NULL,
  document TEXT NOT NULL,
  newest INTEGER NOT NULL, -- 1: the newest version does
  PRIMARY KEY (code, source, document)
) WITHOUT ROWID, STRICT;

CREATE TABLE policy_diagnosis ( -- codes listed by the newest version of each document
  code TEXT NOT NULL, -- without dot
  version_id INTEGER NOT NULL REFERENCES policy_version (id),
  PRIMARY KEY (code, version_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE policy_range ( -- ranges of codes listed by the newest version of each document
  from_code TEXT NOT NULL, -- without dot
  to_code TEXT NOT NULL, -- everything to this and below it, in tabular order (version.id ascends in it)
  version_id INTEGER NOT NULL REFERENCES policy_version (id),
  PRIMARY KEY (from_code, to_code, version_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE policy_change ( -- what an edition changed in a document
  source TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  seq INTEGER NOT NULL,
  document TEXT NOT NULL,
  version TEXT NOT NULL, -- padded with zeros to twelve digits
  meaningful INTEGER NOT NULL, -- 1: claims may be decided otherwise
  body TEXT NOT NULL, -- all of it as JSON
  PRIMARY KEY (source, first_seen, seq, document, version)
) STRICT;

CREATE TABLE policy_review ( -- bulletins that name codes: for a person to look at, never a rule
  day TEXT NOT NULL, -- published, else first seen
  id TEXT NOT NULL,
  body TEXT NOT NULL, -- all of it as JSON
  PRIMARY KEY (day, id)
) STRICT;
`;

/** Indexes and views, made once the tables are full. */
export const policyIndexesAndViews = `
CREATE UNIQUE INDEX policy_newest ON policy_version (source, document) WHERE newest;
CREATE INDEX policy_change_by_document ON policy_change (source, document, first_seen, seq, version);

CREATE VIEW policy_list AS -- what each version lists: a row a code or range (ranged = 1) and group; codes without dot
SELECT v.source, v.document, v.version, v.seq, v.effective, v.ends, v.newest,
  g.value ->> 'list' AS list, g.value ->> 'group' AS "group", g.value ->> 'mapping' AS mapping,
  c.value AS code, c.value AS to_code, g.value -> 'procedures' AS procedures,
  0 AS ranged
FROM policy_version v, json_each(v.body -> 'groups') g, json_each(g.value -> 'diagnoses' -> 'codes') c
UNION ALL
SELECT v.source, v.document, v.version, v.seq, v.effective, v.ends, v.newest,
  g.value ->> 'list', g.value ->> 'group', g.value ->> 'mapping',
  r.value ->> 'from', r.value ->> 'to', g.value -> 'procedures', 1
FROM policy_version v, json_each(v.body -> 'groups') g, json_each(g.value -> 'diagnoses' -> 'ranges') r;
`;
