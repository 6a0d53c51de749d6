package postgres

// This file writes the scripts for psql.

import (
	"fmt"
	"strings"
)

// making is the schema that is filled before it takes the place of Schema.
const making = Schema + "_new"

// schemaSQL makes the empty tables in the schema that the search path names first.
func schemaSQL(provinces []string, edition string) string {
	var b strings.Builder
	b.WriteString("-- The tables of a corpus of mingxi, as in its corpus.db. Positions are counted in\n-- characters from 0. An empty cell is NULL. Texts that end in _folded, and folded, are what\n-- searches compare: simplified, half-width and small letters; NULL is the text itself.\n\n")
	b.WriteString(functionsSQL)
	for i := range tables {
		b.WriteString("\n" + tables[i].create(provinces, edition))
	}
	return b.String() + "\n" + view()
}

// loadSQL fills the tables, in one transaction.
func loadSQL(keys []fileKey) string {
	var b strings.Builder
	fmt.Fprintf(&b, `-- Loads the corpus: psql -X -v ON_ERROR_STOP=1 -f load.sql postgres://host/db, in this
-- directory; load.sh does the same. Readers see the old state until the end.
\set ON_ERROR_STOP on
\if :{?regions} \else \set regions '' \endif
\if :{?reader} \else \set reader '' \endif
BEGIN;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL maintenance_work_mem = '256MB';
DO $$ BEGIN
	IF current_setting('server_version_num')::int < 120000 THEN
		RAISE EXCEPTION 'this server is PostgreSQL %%, mingxi needs 12 or newer', current_setting('server_version');
	END IF;
	IF current_setting('server_encoding') <> 'UTF8' THEN
		RAISE EXCEPTION 'the encoding of this database is %%, mingxi needs UTF8: createdb -E UTF8 -T template0 NAME makes one', current_setting('server_encoding');
	END IF;
END $$;
DROP SCHEMA IF EXISTS %[1]s CASCADE;
CREATE SCHEMA %[1]s;
SET LOCAL search_path = %[1]s, pg_catalog;
\i schema.sql
\copy meta FROM 'meta.copy'
\copy parts FROM 'parts.copy'
`, making)
	for _, k := range keys {
		fmt.Fprintf(&b, "\\copy %s FROM '%s/%s.copy'\n", k.table, k.province, k.table)
	}
	b.WriteString(`-- Files that came incomplete are not taken.
SELECT set_config('mingxi.regions', :'regions', true) AS regions \gset
`)
	b.WriteString(checkParts)
	for i := range tables {
		fmt.Fprintf(&b, "%sANALYZE %s;\n", tables[i].index(), tables[i].Name)
	}
	fmt.Fprintf(&b, `DROP SCHEMA IF EXISTS %[2]s CASCADE;
ALTER SCHEMA %[1]s RENAME TO %[2]s;
SELECT :'reader' <> '' AS granted \gset
\if :granted
GRANT USAGE ON SCHEMA %[2]s TO :"reader";
GRANT SELECT ON ALL TABLES IN SCHEMA %[2]s TO :"reader";
\endif
COMMIT;
`, making, Schema)
	return b.String()
}

// checkParts compares the rows that are there with those that were written. Of regions
// that were left out, parts has no lines then.
const checkParts = `DELETE FROM parts WHERE current_setting('mingxi.regions') <> '' AND NOT province = ANY (string_to_array(current_setting('mingxi.regions'), ' '));
DO $$
DECLARE
	p record;
	n bigint;
BEGIN
	FOR p IN SELECT * FROM parts LOOP
		EXECUTE format('SELECT count(*) FROM %I WHERE province = $1', p.part) INTO n USING p.province;
		IF n <> p.rows THEN
			RAISE EXCEPTION '%/%.copy has % rows of %: copy the directory again', p.province, p.part, n, p.rows;
		END IF;
	END LOOP;
END $$;
`

// planShards is how such a database plans: each part is joined where it lies, and what is
// fetched is fetched once, not for each row.
const planShards = `DO $$ BEGIN
	EXECUTE format('ALTER DATABASE %I SET enable_partitionwise_join = on', current_database());
	EXECUTE format('ALTER DATABASE %I SET enable_nestloop = off', current_database());
END $$;
`

// shardsSQL makes the tables of a database whose parts lie on other servers, each loaded
// with load.sh: psql -v s53=NAME -v snone=NAME …, where NAME is a server of postgres_fdw.
func shardsSQL(provinces []string, edition string) string {
	var b strings.Builder
	b.WriteString("-- The tables of a database whose provinces lie on other servers. Each of those was loaded\n" +
		"-- with REGIONS=... ./load.sh; CREATE SERVER and CREATE USER MAPPING have named them here:\n--\n--   psql -X -v ON_ERROR_STOP=1")
	for _, p := range provinces {
		fmt.Fprintf(&b, " -v s%s=SERVER", p)
	}
	fmt.Fprintf(&b, ` -f shards.sql postgres://host/db
--
-- A server that is down is an error of every search, never a partial count; so is one that
-- has loaded another export than this.
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL client_encoding = 'UTF8';
DROP SCHEMA IF EXISTS %[1]s CASCADE;
CREATE SCHEMA %[1]s;
SET LOCAL search_path = %[1]s, pg_catalog;
`, Schema)
	b.WriteString(functionsSQL)
	for i := range tables {
		t := &tables[i]
		b.WriteString("\n" + t.create(nil, ""))
		if !t.divided() {
			continue
		}
		for _, p := range provinces {
			fmt.Fprintf(&b, "CREATE FOREIGN TABLE %[1]s_%[2]s PARTITION OF %[1]s FOR VALUES IN ('%[2]s') SERVER :\"s%[2]s\" OPTIONS (schema_name '%[3]s', table_name '%[4]s');\n", t.Name, p, Schema, t.part(p, edition))
		}
	}
	b.WriteString("\n" + view() + "\\copy meta FROM 'meta.copy'\n" + planShards + "COMMIT;\n")
	return b.String()
}
