#!/usr/bin/env python3
"""Writes fuzz/corpus/index/, what the fuzz target `index` begins with. Run from the root of the repository:

    python3 fuzz/make_corpus.py

Inputs are described at the top of tests/it/forged.rs. Inputs that a fuzzer found are added there by hand, under a name that
says what they forge; this program leaves them alone.
"""

import struct
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus" / "index"
SECTIONS, SEALED, ENDS, WRITES, ALL = 1, 2, 4, 240, 248
SET, ADD, CUT, DROP, MORE, DOCUMENTS, FIRST = range(7)
# Files behind the manifest, and the sections of a segment in the order in which they are written.
OLD, NEW, LEARNED, STATE = 0, 1, 2, 3
ORDER = ["rows", "ids", "names", "name_ends", "titles", "title_ends", "texts", "text_documents", "id_hashes", "id_documents",
         "keys", "key_documents", "screens", "vocabulary", "stories", "pairs"]
STATES = ["cluster_of", "clusters", "changes", "removed", "facts"]
BIG = 2**64 - 1


def change(file, section, what, place=0, value=0, width=8):
    place = place % 2**16
    return struct.pack("<BBBHQ", file, section, what | {1: 0, 2: 1, 4: 2, 8: 3}[width] << 4, place, value)


def of_segment(name, *changes, file=OLD):
    return b"".join(change(file, ORDER.index(name), *a) for a in changes)


def of_state(name, *changes):
    return b"".join(change(STATE, STATES.index(name), *a) for a in changes)


def raw(file, place, given):
    return struct.pack("<BHB", file, place, len(given)) + given


inputs = {}


def forged(name, *changes, switches=SECTIONS):
    # Of every four one does everything: the fuzzer finds the others.
    more = [0, WRITES, 0, ALL][len(inputs) % 4]
    inputs[name] = bytes([switches | more]) + b"".join(changes)


# A row is 80 bytes; its fields in 4 or 8 bytes from its beginning.
for field, place, width in [("content", 0, 8), ("hash", 8, 8), ("date", 24, 8), ("id-start", 32, 8), ("story-start", 40, 8),
                            ("id-length", 48, 4), ("story-length", 52, 4), ("words", 56, 4), ("page-words", 60, 4), ("masked", 64, 4),
                            ("publisher", 68, 4), ("agency", 72, 4), ("flags", 76, 4)]:
    largest = 2 ** (8 * width) - 1
    forged(f"row-{field}-largest", of_segment("rows", (SET, place // width, largest, width)))
    forged(f"row-{field}-one-more", of_segment("rows", (ADD, (80 + place) // width, 1, width)))
forged("dates-at-both-ends", of_segment("rows", (SET, 3, 2**63, 8), (SET, 13, 2**63 - 1, 8)))
for name in ORDER:
    forged(f"{name}-empty", of_segment(name, (CUT, 0)))
    forged(f"{name}-missing", of_segment(name, (DROP,)))
    forged(f"{name}-longer", of_segment(name, (MORE, 0, BIG)))
    forged(f"{name}-first-largest", of_segment(name, (SET, 0, BIG)))
    forged(f"{name}-second-zero", of_segment(name, (SET, 1, 0)), of_segment(name, (SET, 1, 0), file=NEW))
for name in STATES:
    forged(f"{name}-empty", of_state(name, (CUT, 0)))
    forged(f"{name}-missing", of_state(name, (DROP,)))
    forged(f"{name}-longer", of_state(name, (MORE, 0, BIG)))
    forged(f"{name}-first-one", of_state(name, (SET, 0, 1, 4)))
forged("story-of-another-kind", of_segment("stories", (SET, 0, 2**32 - 1, 4)))
forged("pair-with-itself", of_segment("pairs", (SET, 1, 0)))
forged("pairs-in-another-order", of_segment("pairs", (SET, 0, 6), (SET, 2, 5)))
forged("documents-more", change(OLD, 0, DOCUMENTS, 0, 6))
forged("documents-largest", change(OLD, 0, DOCUMENTS, 0, 2**62))
forged("first-largest", change(NEW, 0, FIRST, 0, 2**62))
forged("first-like-another", change(NEW, 0, FIRST, 0, 0))
forged("learned-cut", change(LEARNED, 0, CUT, 40))
for place in (8, 64, 100, 200, 400, 800):
    forged(f"learned-{place}-largest", change(LEARNED, 0, SET, place // 8, BIG))
for file, name in enumerate(["manifest", "old", "new", "learned", "state"]):
    for place in (0, 8, 12, 24, 32, 48):
        forged(f"bytes-{name}-{place}", raw(file, place, b"\xff" * 4), switches=SEALED)
    forged(f"bytes-{name}-cut", raw(file, 70, b"\0"), switches=SEALED | ENDS)
    forged(f"bytes-{name}-unsealed", raw(file, 90, b"\x01"), switches=0)
for place in (64, 68, 76, 84, 92, 100, 250, 280, 300):
    forged(f"bytes-manifest-{place}-one", raw(0, place, b"\x01"), switches=SEALED)
forged("nothing-changed", switches=SECTIONS | ALL)

CORPUS.mkdir(parents=True, exist_ok=True)
for name, content in inputs.items():
    (CORPUS / name).write_bytes(content)
