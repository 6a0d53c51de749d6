-- The tables of corpus.db. A researcher reads the view metrics, whose columns
-- are those of the CSV; everything else is what the view is made of.
--
-- Positions are counted in characters from 0, as substr(text, start + 1, ...)
-- counts. An empty cell is NULL.

-- meta: schema_version, program (the version that wrote last), clustered (1 when
-- clusters is up to date).
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- sources: every file that was ever taken in and is not pruned. Files with the
-- same bytes share a document. A source without document has a row in failures.
CREATE TABLE sources (
	id     INTEGER PRIMARY KEY,
	path   TEXT NOT NULL UNIQUE,
	size   INTEGER NOT NULL, -- bytes
	mtime  INTEGER NOT NULL, -- nanoseconds since 1970
	sha256 BLOB,             -- of the bytes; NULL if they could not be read
	doc    INTEGER REFERENCES documents
);
CREATE INDEX sources_doc ON sources (doc) WHERE doc IS NOT NULL;

CREATE TABLE failures (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;

-- documents: one per content. source is the least of its paths, so that it does
-- not depend on which of them was read first.
CREATE TABLE documents (
	doc        INTEGER PRIMARY KEY,
	doc_id     TEXT NOT NULL UNIQUE,
	source     TEXT NOT NULL,
	format     TEXT NOT NULL,
	encoding   TEXT,
	confidence REAL NOT NULL,
	characters INTEGER NOT NULL, -- of the text
	bytes      INTEGER NOT NULL, -- of the text in UTF-8
	articles   INTEGER NOT NULL,
	figures    INTEGER NOT NULL  -- rows of metrics
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
	PRIMARY KEY (doc, article)
) WITHOUT ROWID;

CREATE TABLE sections (
	doc     INTEGER NOT NULL REFERENCES documents,
	section INTEGER NOT NULL,
	name    TEXT NOT NULL,
	PRIMARY KEY (doc, section)
) WITHOUT ROWID;

CREATE TABLE rules (rule INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

-- figures: what the view metrics shows, without what can be looked up.
CREATE TABLE figures (
	doc          INTEGER NOT NULL REFERENCES documents,
	seq          INTEGER NOT NULL,
	article      INTEGER,
	"start"      INTEGER NOT NULL,
	raw          TEXT NOT NULL,
	label        TEXT,
	indicator    TEXT,
	value, -- INTEGER, REAL where that is exact, else TEXT
	value_max,
	unit         TEXT,
	per          TEXT,
	si_value,
	si_unit      TEXT, -- NULL: si_value and si_unit are value and unit
	kind         INTEGER NOT NULL,
	status       INTEGER NOT NULL,
	approx       INTEGER NOT NULL,
	part_of      INTEGER,
	period       TEXT,
	period_start, -- 20110101 for 2011-01-01; TEXT for what is no whole date
	period_end,
	flags        TEXT,
	sentence     INTEGER NOT NULL, -- where it starts
	sentence_len INTEGER NOT NULL,
	section      INTEGER,
	page         INTEGER,
	rule         INTEGER NOT NULL REFERENCES rules,
	PRIMARY KEY (doc, seq)
) WITHOUT ROWID;

CREATE VIEW metrics AS SELECT
	d.doc_id, d.source, f.article, a.title, a.org,
	a.region_code, a.region, a.region_method, a.region_score, a.year,
	s.name AS section, f.seq, f.label, f.indicator, f.value, f.value_max, f.unit, f.per,
	CASE WHEN f.si_unit IS NULL THEN f.value ELSE f.si_value END AS si_value,
	CASE WHEN f.si_unit IS NULL THEN f.unit ELSE nullif(f.si_unit, '') END AS si_unit,
	CASE f.kind WHEN 0 THEN 'amount' WHEN 1 THEN 'standard' WHEN 2 THEN 'share'
		WHEN 3 THEN 'change' WHEN 4 THEN 'masked' ELSE 'suspect' END AS kind,
	CASE f.status WHEN 0 THEN 'done' ELSE 'planned' END AS status,
	CASE f.approx WHEN 1 THEN 'about' WHEN 2 THEN 'over' WHEN 3 THEN 'under' WHEN 4 THEN 'range' END AS approx,
	f.part_of, f.period,
	CASE typeof(f.period_start) WHEN 'integer' THEN printf('%04d-%02d-%02d', f.period_start / 10000, f.period_start / 100 % 100, f.period_start % 100)
		ELSE f.period_start END AS period_start,
	CASE typeof(f.period_end) WHEN 'integer' THEN printf('%04d-%02d-%02d', f.period_end / 10000, f.period_end / 100 % 100, f.period_end % 100)
		ELSE f.period_end END AS period_end,
	f.flags, f.raw,
	substr(t.text, f.sentence + 1, f.sentence_len) AS sentence,
	f.page, f."start", f."start" + length(f.raw) AS "end", r.name AS rule
FROM figures f
	JOIN documents d ON d.doc = f.doc
	JOIN texts t ON t.doc = f.doc
	JOIN rules r ON r.rule = f.rule
	LEFT JOIN articles a ON a.doc = f.doc AND a.article = f.article
	LEFT JOIN sections s ON s.doc = f.doc AND s.section = f.section;

-- clusters: near-copies of one report, named by the doc_id of the one that
-- stands for all. Documents without near-copies have no row.
CREATE TABLE clusters (doc INTEGER PRIMARY KEY REFERENCES documents, cluster TEXT NOT NULL);

-- unindexed: documents of which the full-text index may not know the newest
-- state, also those that are gone; change grows with every change, so that an
-- index that has an older one does not count. stale: documents to be extracted
-- again.
CREATE TABLE unindexed (doc_id TEXT PRIMARY KEY, change INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE stale (doc INTEGER PRIMARY KEY REFERENCES documents);
