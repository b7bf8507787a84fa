"""Clusters a JSON Lines file with rensa: full-set R-MinHash (not the sampling `rho` path)."""

import common
from rensa import RMinHash, RMinHashLSH


def sketch(lines):
    sets = [list(common.shingles(line)) for line in lines]
    return RMinHash.from_token_sets(sets, num_perm=common.SLOTS, seed=1)


def main():
    corpus, out = common.arguments()
    lines = common.read(corpus)
    index = RMinHashLSH(
        threshold=common.THRESHOLD, num_perm=common.SLOTS, num_bands=common.BANDS
    )
    sketches = []
    for chunk in common.spread(sketch, lines):
        index.insert_many(chunk, start_key=len(sketches))
        sketches.extend(chunk)
    clusters = common.Clusters(lines)
    for start in range(0, len(sketches), common.CHUNK):
        chunk = sketches[start : start + common.CHUNK]
        for i, found in enumerate(index.query_all(chunk), start):
            for j in found:
                clusters.offer(i, j)
    clusters.write(out)


if __name__ == "__main__":
    main()
