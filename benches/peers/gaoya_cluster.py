"""Clusters a JSON Lines file with gaoya: its own threads, shingles and verification.

gaoya cuts shingles itself, but at white space only, so it is given the words with spaces
between. Its answers are those whose signatures agree in 0.8 of their slots: an estimate, and its
own, so nothing is verified behind it.
"""

import common
from gaoya.minhash import MinHashStringIndex


def normalise(lines):
    return [" ".join(common.words(line)) for line in lines]


def main():
    corpus, out = common.arguments()
    lines = common.read(corpus)
    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=common.THRESHOLD,
        num_bands=common.BANDS,
        band_size=common.ROWS,
        analyzer="word",
        ngram_range=(common.SHINGLE, common.SHINGLE),
        id_container="vec",
    )
    texts = []
    for chunk in common.spread(normalise, lines):
        ids = list(range(len(texts), len(texts) + len(chunk)))
        index.par_bulk_insert_docs(ids, chunk)
        texts.extend(chunk)
    clusters = common.Clusters(lines)
    for start in range(0, len(texts), common.CHUNK):
        chunk = texts[start : start + common.CHUNK]
        for i, found in enumerate(index.par_bulk_query(chunk), start):
            for j in found:
                clusters.offer(i, j, verified=True)
    clusters.write(out)


if __name__ == "__main__":
    main()
