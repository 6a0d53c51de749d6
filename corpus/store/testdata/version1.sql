BEGIN TRANSACTION;
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
INSERT INTO "articles" VALUES(1,1,'甲县民政局2011年工作总结',0,114,'甲县民政局',2011,NULL,NULL,NULL,NULL);
CREATE TABLE clusters (doc INTEGER PRIMARY KEY REFERENCES documents, cluster TEXT NOT NULL);
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
INSERT INTO "documents" VALUES(1,'b92b5a301ed35044','in/a.txt','txt','utf-8',1.0,114,258,1,7);
CREATE TABLE failures (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
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
INSERT INTO "figures" VALUES(1,1,1,32,'3.2万人次','救灾受灾人次',NULL,32000,NULL,'人次',NULL,NULL,NULL,0,0,0,NULL,'2011年',20110101,20111231,NULL,22,60,1,NULL,1);
INSERT INTO "figures" VALUES(1,2,1,44,'约120亩','农作物绝收面积',NULL,120,NULL,'亩',NULL,8,'公顷',0,0,1,NULL,'2011年',20110101,20111231,NULL,22,60,1,NULL,2);
INSERT INTO "figures" VALUES(1,3,1,56,'45.5亩','农作物绝收东乡绝收面积',NULL,45.5,NULL,'亩',NULL,NULL,'公顷',0,0,0,2,'2011年',20110101,20111231,NULL,22,60,1,NULL,2);
INSERT INTO "figures" VALUES(1,4,1,71,'165元','东乡补助标准',NULL,165,NULL,'元','人·月',NULL,NULL,1,0,0,NULL,'2011年',20110101,20111231,NULL,22,60,1,NULL,3);
INSERT INTO "figures" VALUES(1,5,1,77,'195元','东乡补助标准',NULL,195,NULL,'元','人·月',NULL,NULL,1,0,0,NULL,'2011年',20110101,20111231,'to',22,60,1,NULL,3);
INSERT INTO "figures" VALUES(1,6,1,95,'20XX万元','发放低保金',NULL,NULL,NULL,'元',NULL,NULL,NULL,4,0,0,NULL,NULL,NULL,NULL,NULL,90,24,2,NULL,3);
INSERT INTO "figures" VALUES(1,7,1,108,'12.5%','低保覆盖面',NULL,12.5,NULL,'%',NULL,NULL,NULL,2,0,0,NULL,NULL,NULL,NULL,NULL,90,24,2,NULL,4);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('clustered','1');
INSERT INTO "meta" VALUES('program','mingxi 1');
INSERT INTO "meta" VALUES('schema_version','1');
CREATE TABLE rules (rule INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO "rules" VALUES(1,'figure/people');
INSERT INTO "rules" VALUES(2,'figure/area');
INSERT INTO "rules" VALUES(3,'figure/money');
INSERT INTO "rules" VALUES(4,'figure/percent');
CREATE TABLE sections (
	doc     INTEGER NOT NULL REFERENCES documents,
	section INTEGER NOT NULL,
	name    TEXT NOT NULL,
	PRIMARY KEY (doc, section)
) WITHOUT ROWID;
INSERT INTO "sections" VALUES(1,1,'一、救灾工作');
INSERT INTO "sections" VALUES(1,2,'二、低保工作');
CREATE TABLE sketches (doc INTEGER PRIMARY KEY REFERENCES documents, sketch BLOB NOT NULL);
INSERT INTO "sketches" VALUES(1,X'010000000000000000558E2880920E7E020EE96E97B7F50D7A13D5683751961B04801D8ABD8B14C2F04394DD11384D2D0888876E74F88D09EE4386A6AB0A9A494A41271329D36A519997408B221F276E1C9EEFE862E237CFD6A95FF09AF418498BE0AFD2CA69ED27C22D4BB8B0E62CED449A35D542328BFF4FCAC0D04C9081235D869E2C3A3FE10193');
CREATE TABLE sources (
	id     INTEGER PRIMARY KEY,
	path   TEXT NOT NULL UNIQUE,
	size   INTEGER NOT NULL, -- bytes
	mtime  INTEGER NOT NULL, -- nanoseconds since 1970
	sha256 BLOB,             -- of the bytes; NULL if they could not be read
	doc    INTEGER REFERENCES documents
);
INSERT INTO "sources" VALUES(1,'in/a.txt',259,1795914765916275356,X'B92B5A301ED350444EC37EEDDA60E8D83E0FFA7DF177B24208DF1FAC0888F68D',1);
CREATE TABLE stale (doc INTEGER PRIMARY KEY REFERENCES documents);
CREATE TABLE texts (
	doc       INTEGER PRIMARY KEY REFERENCES documents,
	text      TEXT NOT NULL,
	structure BLOB NOT NULL
);
INSERT INTO "texts" VALUES(1,'甲县民政局2011年工作总结
一、救灾工作
2011年,全县受灾3.2万人次,农作物绝收约120亩,其中东乡绝收45.5亩,补助标准由每人每月165元增至195元。
二、低保工作
发放低保金20XX万元,低保覆盖面达12.5%。',X'010A020000440002000000040202240002000000000002880200020000000402022400020000000000026800020000000A00440224028802022402680000');
CREATE TABLE unindexed (doc_id TEXT PRIMARY KEY, change INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX sources_doc ON sources (doc) WHERE doc IS NOT NULL;
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
COMMIT;
