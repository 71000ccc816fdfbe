#!/usr/bin/env python3
"""Scores with a checkpoint that does not fit the memory, and compares with a run that has enough.

    make_model.py --preset six-gigabytes --tokenizer FOLDER --out MODEL
    fits_not.py --model MODEL --rows ROWS.jsonl --limit 3g --memory 1300m --load-tokens 1024 4096 8192

Each number of --load-tokens is run twice by jobs/annotate: free, with the checkpoint in the page cache,
and in a memory cgroup that holds the process and the pages that it reads to --limit. Before the second
run the checkpoint is dropped from the page cache, else its pages would count for whoever read them
first. Needs root and a writable version 1 memory cgroup, at /sys/fs/cgroup/memory or --cgroup. Written
is a Markdown table; exit status 1 if any output differs in a byte.

    peak         memory charged to the cgroup at most: heap, libtorch, and file pages
    limit hit    how often the kernel had to drop pages to stay within the limit
    resident     of the Java process at most, free and limited, with pages of files that it mapped, also those
                 of libraries that another process read first, which no cgroup counts for this one
    from disk    what the limited run read
    ratio        of the limited run's seconds to the free one's, whole runs
"""
import argparse
import ctypes
import json
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
NAME = "touchstone-fits-not"


def size(text):
    units = {"k": 10, "m": 20, "g": 30}
    return int(text[:-1]) << units[text[-1].lower()] if text[-1].lower() in units else int(text)


class MemoryCgroup:
    """A version 1 memory cgroup; as a context it exists."""

    def __init__(self, parent, limit):
        self.folder, self.limit = Path(parent) / NAME, limit

    def __enter__(self):
        try:
            self.folder.mkdir(exist_ok=True)
            (self.folder / "memory.limit_in_bytes").write_text(str(self.limit))
        except OSError as error:
            raise SystemExit(f"{self.folder}: expected to make a version 1 memory cgroup (root, a writable "
                             f"{self.folder.parent}), found: {error.strerror}. Nothing was measured.")
        return self

    def __exit__(self, *_):
        self.folder.rmdir()

    def number(self, name):
        return int((self.folder / f"memory.{name}").read_text())

    def enter(self):
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def forget(self):
        (self.folder / "memory.force_empty").write_text("0")
        (self.folder / "memory.max_usage_in_bytes").write_text("0")
        (self.folder / "memory.failcnt").write_text("0")


def shards(model):
    return sorted(Path(model).glob("*.safetensors"))


def read_once(model):
    for shard in shards(model):
        with open(shard, "rb", buffering=0) as file:
            while file.read(1 << 24):
                pass


def cached_share(shard):
    """Of a file's pages, how many are in the page cache."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open(shard, "r+b") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as pages:
        count = (len(pages) + mmap.PAGESIZE - 1) // mmap.PAGESIZE
        known = (ctypes.c_ubyte * count)()
        first = ctypes.c_char.from_buffer(pages)
        failed = libc.mincore(ctypes.byref(first), ctypes.c_size_t(len(pages)), known)
        del first
        if failed:
            raise OSError(ctypes.get_errno(), "mincore")
        return sum(page & 1 for page in bytes(known)) / count


def drop(model):
    for shard in shards(model):
        with open(shard, "rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        left = cached_share(shard)
        if left > 0.01:
            raise SystemExit(f"{shard}: expected to drop it from the page cache, found {left:.0%} of it still there; "
                             "does another process map it?")


def annotate(args, load_tokens, out, enter=None):
    """Runs the job; its seconds, and what it used."""
    command = [HOME / "jobs/annotate", args.rows, "--output", out, "--model", args.model,
               "--memory", args.memory, "--load-tokens", str(load_tokens), *args.flags]
    environment = {**os.environ, "TOUCHSTONE_JAVA_OPTS": f"-Xmx{args.heap}"}
    with open(out + ".log", "w", encoding="utf-8") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, preexec_fn=enter)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        with open(out + ".log", encoding="utf-8") as log:
            sys.stderr.write("".join(log.readlines()[-20:]))
        raise SystemExit(f"load tokens {load_tokens}: expected exit status 0, found {process.returncode}")
    return seconds, used


def rows_of(out):
    return b"".join(part.read_bytes() for part in sorted(Path(out).glob("part-*")))


def summary(out):
    with open(Path(out) / "_run.json", encoding="utf-8") as file:
        return json.load(file)


def both(args, cgroup, load_tokens, folder):
    free, limited = os.path.join(folder, "free"), os.path.join(folder, "limited")
    for out in (free, limited):
        shutil.rmtree(out, ignore_errors=True)
    read_once(args.model)
    free_seconds, free_used = annotate(args, load_tokens, free)
    drop(args.model)
    cgroup.forget()
    seconds, used = annotate(args, load_tokens, limited, cgroup.enter)
    same = rows_of(free) == rows_of(limited)
    run = summary(limited)
    print("| " + " | ".join([
        f"{load_tokens:,}", f"{run['tokens']['computed']:,}", f"{free_seconds:.1f}", f"{seconds:.1f}",
        f"{seconds / free_seconds:.2f}", f"{cgroup.number('max_usage_in_bytes') / 2**30:.2f} GiB",
        f"{cgroup.number('failcnt'):,}", f"{free_used.ru_maxrss / 2**20:.2f} / {used.ru_maxrss / 2**20:.2f} GiB",
        f"{used.ru_inblock * 512 / 1e9:.1f} GB", "same bytes" if same else "DIFFERENT",
    ]) + " |", flush=True)
    return same


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", required=True)
    args.add_argument("--rows", required=True, help="JSONL, some load-tokens long")
    args.add_argument("--limit", default="3g")
    args.add_argument("--memory", default="1300m", help="jobs/annotate --memory")
    args.add_argument("--heap", default="512m", help="largest Java heap")
    args.add_argument("--load-tokens", type=int, nargs="+", default=[1024, 2048, 4096, 8192])
    args.add_argument("--cgroup", default="/sys/fs/cgroup/memory")
    args.add_argument("--work", help="where outputs are written; default: a temporary folder")
    args.add_argument("flags", nargs="*", help="after --: more flags for jobs/annotate")
    args = args.parse_args()
    bytes_on_disk = sum(shard.stat().st_size for shard in shards(args.model))
    # Builds what is missing: a build must not count, nor be held to the limit.
    subprocess.run([HOME / "jobs/annotate", "--help"], check=True, stdout=subprocess.DEVNULL)
    with MemoryCgroup(args.cgroup, size(args.limit)) as cgroup, tempfile.TemporaryDirectory(dir=args.work) as folder:
        print(f"Checkpoint {bytes_on_disk / 1e9:.2f} GB; limit {size(args.limit) / 2**30:.2f} GiB in total, "
              f"--memory {args.memory}, heap {args.heap}\n")
        columns = ["load tokens", "computed tokens", "free (s)", "limited (s)", "ratio", "peak", "limit hit",
                   "resident", "from disk", "output"]
        print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|", flush=True)
        same = [both(args, cgroup, load_tokens, folder) for load_tokens in args.load_tokens]
    raise SystemExit(0 if all(same) else 1)


if __name__ == "__main__":
    main()
