"""Writes the same documents with other people's tools, one file each: `make.py FOLDER`. Every file holds `documents()`, in order."""

import gzip
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

folder = Path(sys.argv[1])


def documents():
    for n in range(5000):
        yield {"id": f"d{n}", "outlet": ["The Harbour Post", "Fähre & Hafen", "北港日报"][n % 3], "text": f"{n}: " + "the night ferry, it \"runs\" on 🙂 " * (n % 40) + "."}


rows = list(documents())
(folder / "expected.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
table = pa.Table.from_pylist(rows)
pandas = pd.DataFrame(rows)
polars = pl.DataFrame(rows)

for codec in ["none", "snappy", "gzip", "brotli", "lz4", "zstd"]:
    for version in ["1.0", "2.0"]:
        pq.write_table(table, folder / f"pyarrow_{codec}_{version[0]}.parquet", compression=codec, data_page_version=version, row_group_size=700, write_page_index=True)
large = table.cast(pa.schema([("id", pa.large_string()), ("outlet", pa.dictionary(pa.int32(), pa.string())), ("text", pa.large_string())]))
pq.write_table(large, folder / "pyarrow_large.parquet", use_dictionary=["outlet"], use_byte_stream_split=False)
views = table.cast(pa.schema([(name, pa.string_view()) for name in table.column_names]))
pq.write_table(views, folder / "pyarrow_views.parquet")
pandas.to_parquet(folder / "pandas.parquet")
pandas.to_parquet(folder / "fastparquet.parquet", engine="fastparquet", row_group_offsets=999)
pandas.to_feather(folder / "pandas.feather")
polars.write_parquet(folder / "polars.parquet", row_group_size=1000)
polars.write_ipc(folder / "polars.arrow", compression="zstd")
polars.write_ipc(folder / "polars_lz4.arrow", compression="lz4")
polars.write_ipc_stream(folder / "polars.arrows")
duckdb.sql("select * from polars").write_parquet(str(folder / "duckdb.parquet"), compression="zstd", row_group_size=2048)
feather.write_feather(large, folder / "pyarrow.feather", chunksize=777)
for name, schema in [("huggingface", table), ("views", views), ("dictionary", large)]:
    with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_stream(sink, schema.schema) as writer:
        writer.write_table(schema, max_chunksize=1000)

pandas.to_excel(folder / "pandas.xlsx", index=False)
pandas.to_excel(folder / "xlsxwriter.xlsx", index=False, engine="xlsxwriter")
pandas.to_excel(folder / "pandas.ods", index=False, engine="odf")
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet()
for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
    sheet.append(row)
book.save(folder / "openpyxl.xlsx")

lines = (folder / "expected.jsonl").read_bytes()
commas = pandas.to_csv(index=False).encode()
parts = [lines[: len(lines) // 2].rsplit(b"\n", 1)[0] + b"\n"]
parts.append(lines[len(parts[0]) :])
with zipfile.ZipFile(folder / "deflated.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("README.md", "about")
    for number, part in enumerate(parts):
        archive.writestr(f"data/{number}.jsonl", part)
for how, name in [(zipfile.ZIP_LZMA, "lzma"), (zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_STORED, "stored")]:
    with zipfile.ZipFile(folder / f"{name}.zip", "w", how) as archive:
        archive.writestr("table.csv", commas)
for form, name in [(tarfile.USTAR_FORMAT, "ustar"), (tarfile.GNU_FORMAT, "gnu"), (tarfile.PAX_FORMAT, "pax")]:
    with tarfile.open(folder / f"{name}.tar", "w", format=form) as archive:
        for path, data in [(f"{'long/' * (40 if name != 'ustar' else 10)}0.jsonl.gz", gzip.compress(parts[0])), ("1.parquet", None)]:
            if data is None:
                out = io.BytesIO()
                pq.write_table(table.slice(parts[0].count(b"\n")), out)
                data = out.getvalue()
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
