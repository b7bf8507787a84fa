"""What the three peers have in common: everything but the sketch.

Records are read and cut into word 5-shingles by two worker processes, which also compute the
sketches: Python runs one thread at a time. The parent files the sketches and joins documents. A
candidate is joined only if its exact Jaccard similarity reaches the threshold, and is not looked
at when its documents are joined already, so a story carried by thousands costs a check a
document. Both are more than the libraries do of themselves, and what wirecopy does.
"""

import functools
import json
import multiprocessing
import re
import sys

THRESHOLD = 0.8
SHINGLE = 5
# 18 bands of 7 rows use 126 of 128 slots and find 98.5 % of the pairs exactly at 0.8. The
# libraries' own choices for 128 slots find 40 % (datasketch, 9 x 13) or are left to the caller.
BANDS, ROWS = 18, 7
SLOTS = BANDS * ROWS
PROCESSES = 2
CHUNK = 500

WORD = re.compile(r"[^\W_]+")


def words(line):
    """The words of a record: runs of letters and digits of the lower-cased text."""
    return WORD.findall(json.loads(line)["text"].lower())


def shingles(line):
    """The record's runs of five words as strings, or its only, shorter one."""
    w = words(line)
    if len(w) < SHINGLE:
        return {" ".join(w)} if w else set()
    return {" ".join(w[i : i + SHINGLE]) for i in range(len(w) - SHINGLE + 1)}


def read(path):
    """All records, as lines of bytes."""
    with open(path, "rb") as file:
        return file.readlines()


def spread(work, lines):
    """`work` over chunks of lines in worker processes; the results of each chunk in order."""
    chunks = (lines[i : i + CHUNK] for i in range(0, len(lines), CHUNK))
    with multiprocessing.Pool(PROCESSES) as pool:
        yield from pool.imap(work, chunks)


class Clusters:
    """Documents joined by pairs (union-find)."""

    def __init__(self, lines):
        self.lines = lines
        self.parent = list(range(len(lines)))
        self.shingles = functools.lru_cache(8192)(lambda i: shingles(lines[i]))

    def root(self, i):
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def offer(self, a, b, verified=False):
        """Joins a candidate pair that is verified or passes the exact check."""
        if a == b:
            return
        x, y = self.root(a), self.root(b)
        if x == y:
            return
        if not verified:
            one, other = self.shingles(a), self.shingles(b)
            shared = len(one & other)
            if shared < THRESHOLD * (len(one) + len(other) - shared):
                return
        self.parent[max(x, y)] = min(x, y)

    def write(self, path):
        """Writes `id<TAB>cluster` for every document in a cluster of two or more."""
        roots = [self.root(i) for i in range(len(self.parent))]
        sizes = {}
        for root in roots:
            sizes[root] = sizes.get(root, 0) + 1
        with open(path, "w", encoding="utf-8") as file:
            for line, root in zip(self.lines, roots):
                if sizes[root] > 1:
                    file.write(f"{json.loads(line)['id']}\t{root}\n")


def arguments():
    """The corpus and the file to write."""
    _, corpus, out = sys.argv
    return corpus, out
