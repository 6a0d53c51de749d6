#!/bin/sh
# Loads these reports into a PostgreSQL database of encoding UTF8, in one transaction: readers
# see what was there before until all is there. Needs psql.
# 把这些报告装入 PostgreSQL 数据库(编码 UTF8)。全部在一个事务里:装完之前,读者看到的仍是原来的内容。
#
#   ./load.sh postgres://user@host/db
#   REGIONS="53 52" ./load.sh postgres://...     only these provinces · 只装这些省份
#   READER=role ./load.sh postgres://...         which may read them then · 装好后允许该角色读取
set -eu
if [ $# -ne 1 ]; then
	sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
cd "$(dirname "$0")"
for r in ${REGIONS:-}; do
	[ -d "$r" ] || { echo "load.sh: there is no region $r here: $(ls -d */ | tr -d / | tr '\n' ' ')" >&2; exit 2; }
done
# lines of other regions are left out
awk -v only="${REGIONS:-}" 'BEGIN { n = split(only, want, " "); for (i = 1; i <= n; i++) keep[want[i]] = 1 }
	/^\\copy .* FROM .[0-9a-z]+\// { split($0, path, /[\047\/]/); if (n && !(path[2] in keep)) next }
	{ print }' load.sql |
	PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=warning" psql -X -q -v ON_ERROR_STOP=1 -v regions="${REGIONS:-}" -v reader="${READER:-}" -f - "$1"
