#!/usr/bin/env python3
"""Trains the injection model and measures it on groups it has not seen.

    train.py rows.jsonl --engine target/release/examples/injection_training --work DIR [--write SRC]

1. The engine shows the features of each window of each row.
2. For each fold, all rows of some groups, a linear model is trained on the others (logistic loss, L2). Its weights stay
   in the work folder, as the features do, until the rows are written anew.
3. The engine reads the signals of the held-out rows under that fold's weights, rounded to a byte as in the product.
4. A small model over the signals is fitted, again without the fold it scores; its scores are what is reported.
5. With --write, both are trained on everything and written to SRC (weights.bin, calibration.rs).
"""
import argparse
import concurrent.futures
import json
import multiprocessing
import os
import pathlib
import subprocess
import zlib

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads wait for each other more than they work here

import numpy as np  # noqa: E402
import scipy.sparse as sparse
from scipy.optimize import minimize

from measure import report

SIZE = 1 << 18
SIGNALS = 14 + 13
STRENGTH = 0.3  # of the L2 term, for weights on windows of unit length
OWN_FOLDS = 4
MOST_WINDOWS = 4
WORKERS = 2
MOST_FALSE = 0.01  # of hard negatives at 0.50
HARD = 3.0  # what a hard negative counts in the last step, against 1 for other texts


def is_aside(row):
    """Kept from training and from every choice: looked at when all is done."""
    return row["group"].startswith("aside-")


def fold_of(row):
    if is_aside(row):
        return "aside"
    if row["group"].startswith("own-"):
        return f"own-{zlib.crc32(row['template'].encode()) % OWN_FOLDS}"
    return row["group"]


def is_fresh(made, source):
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def windows_of(rows_file, engine, cache):
    """The features of all windows as a sparse matrix, and the row of each window."""
    if not is_fresh(cache, rows_file):
        with open(rows_file, "rb") as source, open(cache, "wb") as out:
            subprocess.run([engine, "features"], stdin=source, stdout=out, check=True)
    data = np.fromfile(cache, np.uint32)
    at, row, owner, starts, parts = 0, 0, [], [0], []
    while at < len(data):
        windows = data[at]
        at += 1
        for number in range(windows):
            size = data[at]
            if number < MOST_WINDOWS:
                owner.append(row)
                parts.append(data[at + 1 : at + 1 + size])
                starts.append(starts[-1] + size)
            at += 1 + size
        row += 1
    columns = np.concatenate(parts).astype(np.int32)
    sizes = np.diff(starts)
    # a window counts the same however long it is
    values = np.repeat(1 / np.sqrt(sizes + 24.0), sizes).astype(np.float32)
    matrix = sparse.csr_matrix((values, columns, np.array(starts)), shape=(len(owner), SIZE))
    matrix.sum_duplicates()
    return matrix, np.array(owner)


def importance(rows, chosen):
    """How much each row counts: groups by the root of their size, each language of our own texts being one, and both
    labels alike in all."""
    keys = [(row["group"], row["label"]) for row in rows]
    sizes = {}
    for key, taken in zip(keys, chosen):
        sizes[key] = sizes.get(key, 0) + taken
    share = np.array([1 / np.sqrt(sizes[key]) if taken else 0.0 for key, taken in zip(keys, chosen)])
    labels = np.array([row["label"] for row in rows])
    for label in (0, 1):
        share[labels == label] *= chosen.sum() / 2 / share[labels == label].sum()
    return share


def fit(matrix, labels, share, strength):
    """Logistic regression by L-BFGS."""
    signs = (2.0 * labels - 1).astype(np.float32)
    share = share.astype(np.float32)
    transposed = matrix.T.tocsr()

    def loss(weights):
        weights = weights.astype(np.float32)
        margins = signs * (matrix @ weights[:-1] + weights[-1])
        value = (share * np.logaddexp(0, -margins)).sum() + strength / 2 * (weights[:-1] ** 2).sum()
        slope = -share * signs / (1 + np.exp(np.minimum(margins, 30)))
        gradient = np.append(transposed @ slope + strength * weights[:-1], slope.sum())
        return float(value), gradient.astype(np.float64)

    found = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 35, "maxcor": 6})
    return found.x[:-1].astype(np.float32)


def train(matrix, owner, rows, chosen, strength):
    """Weights from the chosen rows. The second round looks only where the first saw the attack."""
    labels = np.array([row["label"] for row in rows])
    share = importance(rows, chosen)
    count = np.bincount(owner, minlength=len(rows))
    taken = chosen[owner]
    part = (share / np.maximum(count, 1))[owner]
    x, y = matrix[taken], labels[owner][taken]
    weights = fit(x, y, part[taken], strength)
    scores = np.full(len(owner), -np.inf)
    scores[taken] = x @ weights
    highest = np.full(len(rows), -np.inf)
    np.maximum.at(highest, owner, scores)
    keep = taken & ((labels[owner] == 0) | (scores >= highest[owner] - 0.5))
    count = np.bincount(owner[keep], minlength=len(rows))
    part = (share / np.maximum(count, 1))[owner]
    return fit(matrix[keep], labels[owner][keep], part[keep], strength)


def rounded(weights):
    """As bytes: the few largest are cut."""
    scale = 127 / np.quantile(np.abs(weights[weights != 0]), 0.9995)
    return np.clip(np.round(weights * scale), -127, 127).astype(np.int8)


def signals_of(lines, weights, engine, work):
    """The signals of every window of each row under these weights."""
    file = work / "weights.bin"
    file.write_bytes(weights.tobytes())
    asked = subprocess.run([engine, "signals", file], input="".join(lines).encode(), capture_output=True, check=True)
    shown, out, at = asked.stdout, [], 0
    while at < len(shown):
        windows = int.from_bytes(shown[at : at + 4], "little")
        out.append(np.frombuffer(shown, np.float32, windows * SIGNALS, at + 4).reshape(windows, SIGNALS))
        at += 4 + windows * SIGNALS * 4
    return out


def hard_negatives(rows):
    return np.array([row["label"] == 0 and "hard" in row["part"] for row in rows])


def highest(signals, starts, step):
    """The place of the highest window of each row, whose windows begin at `starts`."""
    odds = signals @ step[:-1]
    best = np.repeat(np.maximum.reduceat(odds, starts), np.diff(np.append(starts, len(odds))))
    places = np.flatnonzero(odds == best)
    rows = np.searchsorted(starts, places, "right") - 1
    return places[np.unique(rows, return_index=True)[1]]


def together(signals):
    """The windows of all rows in one matrix, and where each row begins."""
    return np.concatenate(signals).astype(np.float64), np.cumsum([0] + [len(s) for s in signals[:-1]])


def last_step(signals, rows, chosen):
    """Fits what turns signals into odds: a few numbers. A row is what its highest window is."""
    labels = np.array([row["label"] for row in rows])
    share = importance(rows, chosen) * np.where(hard_negatives(rows), HARD, 1.0)
    step = np.append(np.full(SIGNALS, 0.3), 0)
    windows, starts = together(signals)
    signs = 2.0 * labels - 1
    for _ in range(3):
        x = np.c_[windows[highest(windows, starts, step)], np.ones(len(rows))]

        def loss(w):
            margins = signs * (x @ w)
            value = (share * np.logaddexp(0, -margins)).sum() + 0.5 * (w[:-1] ** 2).sum()
            slope = -share * signs / (1 + np.exp(np.minimum(margins, 30)))
            return value, x.T @ slope + np.append(w[:-1], 0)

        step = minimize(loss, step, jac=True, method="L-BFGS-B").x
    return step


def scored(signals, step):
    windows, starts = together(signals)
    odds = np.maximum.reduceat(windows @ step[:-1] + step[-1], starts)
    return 1 / (1 + np.exp(-odds))


def weights_file(work, fold):
    return work / f"weights-{fold.replace('/', '-')}.bin"


def held_out(matrix, owner, rows, folds, known, asked):
    """Trains without each fold, several at a time. Processes are forked, so that all look at one matrix."""
    global one_fold

    def one_fold(fold):
        weights = rounded(train(matrix, owner, rows, known & (folds != fold), asked.strength))
        weights_file(asked.work, fold).write_bytes(weights.tobytes())
        return fold

    missing = [fold for fold in sorted(set(folds)) if not is_fresh(weights_file(asked.work, fold), asked.rows)]
    forked = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(WORKERS, forked) as pool:
        for fold in pool.map(one_fold, missing):
            print(fold, "done", flush=True)


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("rows", type=pathlib.Path)
    asked.add_argument("--engine", required=True)
    asked.add_argument("--work", type=pathlib.Path, required=True)
    asked.add_argument("--write", type=pathlib.Path)
    asked.add_argument("--strength", type=float, default=STRENGTH)
    asked = asked.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    lines = open(asked.rows, encoding="utf-8").readlines()
    rows = [json.loads(line) for line in lines]
    matrix, owner = windows_of(asked.rows, asked.engine, asked.work / "features.bin")
    folds = np.array([fold_of(row) for row in rows])
    known = np.array([not is_aside(row) for row in rows])
    held_out(matrix, owner, rows, folds, known, asked)
    signals = [None] * len(rows)
    for fold in sorted(set(folds)):
        weights = np.frombuffer(weights_file(asked.work, fold).read_bytes(), np.int8)
        places = np.flatnonzero(folds == fold)
        for place, shown in zip(places, signals_of([lines[n] for n in places], weights, asked.engine, asked.work)):
            signals[place] = shown
    np.save(asked.work / "signals.npy", np.array(signals, dtype=object), allow_pickle=True)
    scores = np.zeros(len(rows))
    for fold in sorted(set(folds)):
        held = folds == fold
        others = np.flatnonzero(known & ~held)
        step = last_step([signals[n] for n in others], [rows[n] for n in others], np.ones(len(others), bool))
        scores[held] = scored([signals[n] for n in np.flatnonzero(held)], step)
    np.save(asked.work / "scores.npy", scores)
    print("the last step fitted without the group, shifted as the product is")
    places = np.flatnonzero(known)
    shift = threshold_shift([rows[n] for n in places], scores[places])
    report(rows, scores, 1 / (1 + np.exp(shift)))
    if asked.write:
        # no known row is of the fold of those set aside: its weights are those of all others
        (asked.write / "weights.bin").write_bytes(weights_file(asked.work, "aside").read_bytes())
        signals, rows = [signals[n] for n in places], [rows[n] for n in places]
        step = last_step(signals, rows, np.ones(len(rows), bool))
        step[-1] += threshold_shift(rows, scored(signals, step))
        (asked.write / "step.txt").write_text("[" + ", ".join(f"{share:.4f}" for share in step) + "]\n")
        print("the shipped last step, fitted on the held-out signals of all groups")
        report(rows, scored(signals, step))


def threshold_shift(rows, scores):
    """What to add to the odds so that of honest texts made to look like attacks few enough reach 0.50."""
    edge = np.quantile(scores[hard_negatives(rows)], 1 - MOST_FALSE)
    return -np.log(edge / (1 - edge))


if __name__ == "__main__":
    main()
