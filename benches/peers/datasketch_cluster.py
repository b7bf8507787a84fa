"""Clusters a JSON Lines file with datasketch: MinHash in batches, MinHashLSH in memory.

Its default hash is SHA-1; as its documentation advises a faster one, it gets the CRC-32 of the
standard library: 32 bits, as its default scheme takes.
"""

import zlib

import common
from datasketch import LeanMinHash, MinHash, MinHashLSH

EMPTY = MinHash(num_perm=common.SLOTS, seed=1, hashfunc=zlib.crc32)


def sketch(lines):
    sketches = []
    for line in lines:
        sketch = EMPTY.copy()
        sketch.update_batch([shingle.encode() for shingle in common.shingles(line)])
        sketches.append(LeanMinHash(sketch))
    return sketches


def main():
    corpus, out = common.arguments()
    lines = common.read(corpus)
    index = MinHashLSH(num_perm=common.SLOTS, params=(common.BANDS, common.ROWS))
    sketches = []
    for chunk in common.spread(sketch, lines):
        for i, sketched in enumerate(chunk, len(sketches)):
            index.insert(i, sketched, check_duplication=False)
        sketches.extend(chunk)
    clusters = common.Clusters(lines)
    for i, sketched in enumerate(sketches):
        for j in index.query(sketched):
            clusters.offer(i, j)
    clusters.write(out)


if __name__ == "__main__":
    main()
