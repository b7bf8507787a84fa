#!/usr/bin/env python3
"""Runs wirecopy and its peers on one file, as whole processes in turn, and prints one table.

    run.py corpus.jsonl --pairs pairs.tsv --work DIR [--wirecopy PROGRAM] [--runs 3]
           [--only rensa,gaoya] [--peer-documents N]

Inside the clock is everything from the file to the clusters, and the start of the interpreter.
Wall is the median of the runs; CPU and memory are of that run. Peak memory is of the largest
process of a program: its workers are not added. With --peer-documents N datasketch gets the first
N documents only; its MB/s are of those, and its share of the pairs among those.
"""

import argparse
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
PEERS = ["rensa", "gaoya", "datasketch"]
# The default, and one beside which no peer finds more of the pairs at the threshold.
RECALLS = [0.95, 0.99]


def wirecopy_command(program, corpus, out, recall):
    options = f"--profile near --threshold 0.8 --recall {recall} --force --quiet"
    return [program, "cluster", corpus, "-o", out, *options.split()]


def wirecopy_clusters(out):
    with open(pathlib.Path(out) / "clusters.jsonl", encoding="utf-8") as file:
        rows = map(json.loads, file)
        return {row["id"]: row["cluster_id"] for row in rows}


def peer_clusters(out):
    with open(out, encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("\t") for line in file)


def interpreter(work):
    """The Python of an environment with the pinned peers, made on first use."""
    home = work / "venv"
    python = home / "bin" / "python"
    pinned = (HERE / "requirements.txt").read_text()
    stamp = home / "installed.txt"
    if not stamp.exists() or stamp.read_text() != pinned:
        venv.create(home, clear=True, with_pip=True)
        install = [python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"]
        subprocess.run(install, check=True)
        stamp.write_text(pinned)
    return str(python)


def measure(command, runs):
    """Wall, CPU seconds and peak MB of the median run."""
    results = []
    for _ in range(runs):
        start = time.perf_counter()
        with open(os.devnull, "w", encoding="utf-8") as null:
            child = subprocess.Popen(command, stdout=null)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{command[0]} ended with {child.returncode}")
        wall = time.perf_counter() - start
        results.append((wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return sorted(results)[len(results) // 2]


def head(corpus, documents, out):
    """The first documents of a corpus, and their ids."""
    with open(corpus, "rb") as lines, open(out, "wb") as file:
        kept = [line for line, _ in zip(lines, range(documents))]
        file.writelines(kept)
    return {json.loads(line)["id"] for line in kept}


class Truth:
    """The true pairs, and what a clustering makes of them."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.pairs = [tuple(line.split("\t")[:2]) for line in file]

    def score(self, clusters, ids=None):
        """Three figures: the share of true pairs in one cluster; the same share of each
        document's pairs, averaged over documents, so that one story of thousands does not drown
        the others; and how many pairs share a cluster without a chain of true pairs between."""
        pairs = self.pairs
        if ids is not None:
            pairs = [(a, b) for a, b in pairs if a in ids and b in ids]
        partners, found = collections.Counter(), collections.Counter()
        parent = {}

        def root(x):
            while parent.setdefault(x, x) != x:
                parent[x] = parent[parent[x]]
                x = parent[x]
            return x

        for a, b in pairs:
            together = a in clusters and clusters[a] == clusters.get(b)
            for x in (a, b):
                partners[x] += 1
                found[x] += together
            parent[root(a)] = root(b)
        of_pairs = sum(found.values()) / max(1, sum(partners.values()))
        of_documents = sum(found[x] / n for x, n in partners.items()) / max(1, len(partners))
        choose = lambda sizes: sum(n * (n - 1) // 2 for n in sizes.values())
        together = choose(collections.Counter(clusters.values()))
        chained = choose(collections.Counter((c, root(x)) for x, c in clusters.items()))
        return of_pairs, of_documents, together - chained


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus")
    parser.add_argument("--pairs", required=True, help="what the example true_pairs wrote")
    parser.add_argument("--wirecopy-pairs", help="the same with --words wirecopy, for wirecopy")
    parser.add_argument("--work", required=True, type=pathlib.Path, help="a folder to work in")
    parser.add_argument("--wirecopy", help="the program; without it only the peers run")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default=",".join(PEERS), help="peers to run, by name")
    parser.add_argument("--peer-documents", type=int, help="documents for datasketch")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)

    # Everything is measured before the true pairs are read: a child's peak memory is never less
    # than its parent's was when it was started.
    rows = []
    if shutil.which("zstd"):
        command = ["zstd", "-q", "-1", "-T2", given.corpus, "-o", os.devnull, "-f"]
        rows.append(("zstd -1 -T2 (yardstick)", given.corpus, measure(command, given.runs), None))
    for recall in RECALLS if given.wirecopy else []:
        out = str(given.work / f"wirecopy-{recall}")
        command = wirecopy_command(given.wirecopy, given.corpus, out, recall)
        measured = measure(command, given.runs)
        clusters = (wirecopy_clusters, out, None)
        rows.append((f"wirecopy --recall {recall}", given.corpus, measured, clusters))
    python = interpreter(given.work)
    for peer in filter(None, given.only.split(",")):
        corpus, ids, name = given.corpus, None, peer
        if peer == "datasketch" and given.peer_documents:
            corpus = str(given.work / "head.jsonl")
            ids = head(given.corpus, given.peer_documents, corpus)
            name = f"{peer} (first {given.peer_documents} documents)"
        out = str(given.work / f"{peer}.tsv")
        measured = measure([python, str(HERE / f"{peer}_cluster.py"), corpus, out], given.runs)
        rows.append((name, corpus, measured, (peer_clusters, out, ids)))
        print(f"measured {peer}", file=sys.stderr, flush=True)

    truth = Truth(given.pairs)
    own_truth = Truth(given.wirecopy_pairs) if given.wirecopy_pairs else truth
    print("| program | wall s | CPU s | MB/s | peak MB | pairs found | per document | wrong |")
    print("|---|---|---|---|---|---|---|---|")
    for name, corpus, (wall, cpu, peak), clusters in rows:
        rate = os.path.getsize(corpus) / 1e6 / wall
        cells = [name, f"{wall:.2f}", f"{cpu:.1f}", f"{rate:.1f}", f"{peak:.0f}"]
        if clusters:
            read, out, ids = clusters
            judge = own_truth if name.startswith("wirecopy") else truth
            pairs, documents, wrong = judge.score(read(out), ids)
            cells += [f"{pairs:.2%}", f"{documents:.2%}", f"{wrong}"]
        else:
            cells += ["–"] * 3
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
