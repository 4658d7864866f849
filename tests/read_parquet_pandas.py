"""What pandas reads in a folder of `gongbao export --format parquet`, as JSON."""

import json
import sys
from pathlib import Path

import pandas
import pyarrow.parquet

folder = Path(sys.argv[1])


def table(name):
    return pandas.read_parquet(folder / f"{name}.parquet")


def kind(name, column):
    return str(pyarrow.parquet.read_schema(folder / f"{name}.parquet").field(column).type)


def plain(number):
    return format(number.normalize(), "f")


print(json.dumps({
    "rows": {path.stem: len(table(path.stem)) for path in folder.glob("*.parquet")},
    "amounts": plain(table("amounts")["value"].sum()),
    "percentages": plain(table("percentages")["value"].sum()),
    "last signed": str(table("documents")["signed"].dropna().max()),
    "inherited": int(table("provisions")["lead_units_inherited"].map(len).sum()),
    "types": [
        kind("amounts", "value"),
        kind("documents", "signed"),
        kind("provisions", "article"),
        kind("provisions", "lead_units_inherited"),
        kind("amounts", "start_char"),
    ],
}))
