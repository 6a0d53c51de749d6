-- The tables of corpus.db. A researcher reads the view metrics, whose columns
-- are those of the CSV; everything else is what the view is made of.
--
-- Positions are counted in characters from 0, as substr(text, start + 1, ...)
-- counts. An empty cell is NULL.

-- meta: schema_version, program (the version that wrote last), clustered (1 when
-- clusters is up to date), clusters_sum and tables_sum (checksums of the table
-- clusters and of the definitions of all tables), corpus and index (see bind.go).
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- sources: every file that was ever taken in and is not forgotten, by its whole path.
-- Files with the same bytes share a document. A source without document has a row in
-- failures. root is the folder that was taken in; no root lies in another. What came
-- from standard input has none, nor what an old version took in by a relative path.
CREATE TABLE sources (
	id     INTEGER PRIMARY KEY,
	root   TEXT,
	path   TEXT NOT NULL UNIQUE,
	size   INTEGER NOT NULL, -- bytes
	mtime  INTEGER NOT NULL, -- nanoseconds since 1970
	sha256 BLOB,             -- of the bytes; NULL if they could not be read
	doc    INTEGER REFERENCES documents,
	skipped TEXT             -- what it is, if it is no document: png image
);
CREATE INDEX sources_doc ON sources (doc) WHERE doc IS NOT NULL;

CREATE TABLE failures (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;

-- documents: one per content. source is the least of its paths, so that it does
-- not depend on which of them was read first; root is the folder that it is below.
CREATE TABLE documents (
	doc        INTEGER PRIMARY KEY,
	doc_id     TEXT NOT NULL UNIQUE,
	source     TEXT NOT NULL,
	root       TEXT,
	format     TEXT NOT NULL,
	encoding   TEXT,
	confidence REAL NOT NULL,
	characters INTEGER NOT NULL, -- of the text
	bytes      INTEGER NOT NULL, -- of the text in UTF-8
	articles   INTEGER NOT NULL,
	figures    INTEGER NOT NULL, -- rows of metrics
	checksum   BLOB,             -- of all that is stored of it (see checksum.go)
	program    TEXT              -- version whose rules read the figures; NULL if it was older than 6
);

-- texts: the normal text, stored once; everything else points into it. structure
-- holds blocks, sentences and removals (see structure.go).
CREATE TABLE texts (
	doc       INTEGER PRIMARY KEY REFERENCES documents,
	text      TEXT NOT NULL,
	structure BLOB NOT NULL
);

-- sketches: what near-copies are found by (see sketch.go).
CREATE TABLE sketches (doc INTEGER PRIMARY KEY REFERENCES documents, sketch BLOB NOT NULL);

-- articles: the reports of a document. X_from says how a fact was found (title, sign-off,
-- meta …), X_words by which words, org_score, year_score and region_sure how sure it is;
-- given_X is what the user said of it (--meta), and stands above the text.
CREATE TABLE articles (
	doc           INTEGER NOT NULL REFERENCES documents,
	article       INTEGER NOT NULL,
	title         TEXT,
	"start"       INTEGER,
	"end"         INTEGER,
	org           TEXT,
	year          INTEGER,
	region_code   TEXT,
	region        TEXT,
	region_method TEXT,
	region_score  REAL,
	title_from    TEXT,
	org_from      TEXT,
	org_words     TEXT,
	org_score     REAL,
	year_from     TEXT,
	year_words    TEXT,
	year_score    REAL,
	region_from   TEXT,
	region_words  TEXT,
	region_sure   REAL,
	given_title   TEXT,
	given_org     TEXT,
	given_region  TEXT,
	given_year    INTEGER,
	given_by      TEXT,
	PRIMARY KEY (doc, article)
) WITHOUT ROWID;

-- sections: texts that figures of a document share, as headings.
CREATE TABLE sections (
	doc     INTEGER NOT NULL REFERENCES documents,
	section INTEGER NOT NULL,
	name    TEXT NOT NULL,
	PRIMARY KEY (doc, section)
) WITHOUT ROWID;

-- rules: texts of which there are some hundred in all.
CREATE TABLE rules (rule INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

-- figures: what the view metrics shows, without what can be looked up. The table
-- and the view are made of the column contract (see columns.go).

-- clusters: near-copies of one report, named by the doc_id of the one that
-- stands for all. Documents without near-copies have no row.
CREATE TABLE clusters (doc INTEGER PRIMARY KEY REFERENCES documents, cluster TEXT NOT NULL);

-- unindexed: documents of which the full-text index may not know the newest
-- state, also those that are gone; change grows with every change, so that an
-- index that has an older one does not count. stale: documents to be extracted
-- again.
CREATE TABLE unindexed (doc_id TEXT PRIMARY KEY, change INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE stale (doc INTEGER PRIMARY KEY REFERENCES documents);
