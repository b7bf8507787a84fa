"""Reads a table that `others.rs` wrote, with four readers: `check.py FILE`."""

import sys

import duckdb
import fastparquet
import pandas as pd
import polars as pl
import pyarrow.parquet as pq

path = sys.argv[1]
table = pq.read_table(path)
assert [str(kind) for kind in table.schema.types] == ["string", "int64", "double", "bool", "list<item: string>", "string"], table.schema
assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"
assert table.num_rows == 3000
row = table.slice(3, 1).to_pylist()[0]
assert row == {"id": "d3", "rank": 3, "ratio": 0.5, "is_kept": True, "tags": ["a", "b"], "why": None}, row
assert table["why"][4].as_py() == '{"of":4}'
assert pl.read_parquet(path)["rank"].sum() == 4498500
assert duckdb.sql(f"select sum(rank), count(*) filter (is_kept) from '{path}'").fetchone() == (4498500, 1000)
assert pd.read_parquet(path)["rank"].sum() == 4498500
assert fastparquet.ParquetFile(path).to_pandas(columns=["rank"])["rank"].sum() == 4498500
