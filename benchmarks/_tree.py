"""What a process and all that it starts costs: CPU time and memory of the tree, seen from outside.

Spark is a Java process and Python workers beside it; only the tree of them all tells the cost.
"""

import os
import threading
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def stat(pid):
    """Parent, CPU seconds (with children that ended) and resident MB of a process."""
    text = Path(f"/proc/{pid}/stat").read_text()
    fields = text[text.rindex(")") + 2 :].split()
    cpu = sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICKS
    return int(fields[1]), cpu, int(fields[21]) * PAGE / 2**20


def tree(root):
    """Pid -> (CPU seconds, resident MB) of a process and its descendants."""
    known = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                known[int(entry.name)] = stat(entry.name)
            except (OSError, ValueError, IndexError):
                continue
    inside, grown = {root}, True
    while grown:
        more = {pid for pid, (parent, _, _) in known.items() if parent in inside} - inside
        inside |= more
        grown = bool(more)
    return {pid: known[pid][1:] for pid in inside if pid in known}


class Watch(threading.Thread):
    """Samples the memory of a tree of processes until it is stopped."""

    def __init__(self, root):
        super().__init__(daemon=True)
        self.root, self.peak, self.ends = root, 0.0, threading.Event()
        self.before = self.cpu()
        self.start_clock = time.perf_counter()

    def cpu(self):
        return sum(cpu for cpu, _ in tree(self.root).values())

    def run(self):
        while not self.ends.wait(0.05):
            self.peak = max(self.peak, sum(held for _, held in tree(self.root).values()))

    def stop(self):
        """CPU seconds, wall seconds and peak MB since the start."""
        wall = time.perf_counter() - self.start_clock
        spent = self.cpu() - self.before
        self.ends.set()
        self.join()
        return {"cpu": spent, "wall": wall, "peak": self.peak}
