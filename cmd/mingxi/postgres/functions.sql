-- grams are every character of a text and every pair of neighbours. A text that holds a
-- phrase has all grams of the phrase, so that the index on articles.grams narrows down to
-- few, and position(phrase IN folded) decides:
--
--   SELECT source, title FROM mingxi.articles
--   WHERE grams @> mingxi.grams('城市低保') AND position('城市低保' IN folded) > 0;
CREATE FUNCTION grams(phrase text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT array_agg(DISTINCT substr(phrase, i, n) COLLATE "C") FROM generate_series(1, length(phrase)) i, (VALUES (1), (2)) v(n)
	WHERE i + n - 1 <= length(phrase)
$$;

-- ordered tells whether words begin in the first characters of a text one after the other,
-- none within the one before. A word is an array of the ways to write it.
CREATE FUNCTION ordered(sentence text, characters integer, words jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	word jsonb;
	way text;
	at integer := 1;
	found integer;
	next integer;
BEGIN
	FOR word IN SELECT * FROM jsonb_array_elements(words) LOOP
		next := NULL;
		FOR way IN SELECT * FROM jsonb_array_elements_text(word) LOOP
			found := position(way IN substr(sentence, at));
			IF found > 0 AND at + found - 1 <= characters THEN
				next := least(next, at + found - 1 + length(way));
			END IF;
		END LOOP;
		IF next IS NULL THEN
			RETURN false;
		END IF;
		at := next;
	END LOOP;
	RETURN true;
END
$$;

-- shortened is the sentence of a figure, or of one of more than 400 characters the part
-- around the figure, cuts marked: the column sentence of the view.
CREATE FUNCTION shortened(doc text, sentence integer, sentence_len integer, at integer, raw integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN sentence_len <= 400 THEN substr(doc, sentence + 1, sentence_len)
		ELSE CASE WHEN before < "left" THEN '…' ELSE '' END || substr(doc, at - before + 1, before + raw + after) || CASE WHEN after < "right" THEN '…' ELSE '' END END
	FROM (SELECT at - sentence AS "left", sentence + sentence_len - at - raw AS "right", greatest(0, 398 - raw) AS room) s,
		LATERAL (SELECT least("left", greatest(room / 2, room - "right")) AS before, least("right", greatest(room - room / 2, room - "left")) AS after) t
$$;
