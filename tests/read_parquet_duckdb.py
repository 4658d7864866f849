"""What DuckDB reads in a folder of `gongbao export --format parquet`, as JSON."""

import json
import sys
from pathlib import Path

import duckdb

folder = Path(sys.argv[1])


def one(sql):
    return duckdb.sql(sql.replace("{", f"'{folder}/").replace("}", ".parquet'")).fetchall()[0]


def plain(number):
    return format(number.normalize(), "f")


print(json.dumps({
    "rows": {path.stem: one(f"SELECT count(*) FROM {{{path.stem}}}")[0] for path in folder.glob("*.parquet")},
    "amounts": plain(one("SELECT sum(value) FROM {amounts}")[0]),
    "percentages": plain(one("SELECT sum(value) FROM {percentages}")[0]),
    "last signed": str(one("SELECT max(signed) FROM {documents}")[0]),
    "inherited": int(one("SELECT sum(len(lead_units_inherited)) FROM {provisions}")[0]),
    "types": [
        *one("SELECT typeof(value) FROM {amounts}"),
        *one("SELECT typeof(signed) FROM {documents}"),
        *one("SELECT typeof(article) FROM {provisions}"),
        *one("SELECT typeof(lead_units_inherited) FROM {provisions}"),
        *one("SELECT typeof(start_char) FROM {amounts}"),
    ],
}))
