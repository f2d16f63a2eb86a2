"""What this process is: host, rank, command, commit."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Dict, Optional

from .lines import label

_RANKS = ("RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK")
_OTHERS = {
    "local_rank": ("LOCAL_RANK", "SLURM_LOCALID", "OMPI_COMM_WORLD_LOCAL_RANK"),
    "world_size": ("WORLD_SIZE", "SLURM_NTASKS", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE"),
}


def rank() -> Optional[int]:
    """Return this process's place among its siblings as the launcher tells it; None if alone.

    A batch job of a single Slurm task has SLURM_PROCID=0 as well, and is not worth a rank.
    """
    for name in _RANKS:
        value = os.environ.get(name, "")
        if value.isdigit():
            if name == "SLURM_PROCID" and os.environ.get("SLURM_NTASKS", "1") == "1":
                continue
            return int(value)
    return None


def stream_name() -> str:
    """Return the name of this process's stream within the run."""
    own = rank()
    return "main" if own is None else "rank-%d" % own


def labels() -> Dict[str, str]:
    """Return what tells this process's lines from others of the same run."""
    found = {"host": label(host(), 255), "pid": str(os.getpid())}
    own = rank()
    if own is not None:
        found["rank"] = str(own)
        for key, names in _OTHERS.items():
            value = label(next((os.environ[n] for n in names if os.environ.get(n)), ""), 50)
            if value:
                found[key] = value
    return found


def host() -> str:
    """Return this machine's name."""
    try:
        return socket.gethostname()
    except OSError:
        return "unknown"


def command() -> str:
    """Return the script and its arguments."""
    return " ".join(getattr(sys, "argv", None) or [])


def script_name() -> str:
    """Return what is running, for a run that got no name: a script, a module, or a notebook."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    module = getattr(spec, "name", None)  # With -m only.
    if module:
        name = str(module)
        name = name[: -len(".__main__")] if name.endswith(".__main__") else name
    else:
        argv = getattr(sys, "argv", None) or [""]
        name = "" if argv[0] in ("-c", "-m", "-") else Path(argv[0]).stem
    return "notebook" if name.endswith("kernel_launcher") else name or "python"


def git_commit() -> Optional[str]:
    """Return the commit that is checked out around the working directory, or None.

    Read from the files, since starting ``git`` takes longer than a short script may.
    """
    try:
        for directory in (Path.cwd(), *Path.cwd().parents):
            git = directory / ".git"
            if git.is_file():  # A worktree or submodule: the file names the true place.
                git = (directory / git.read_text().partition("gitdir:")[2].strip()).resolve()
            if git.is_dir():
                return _head(git)
    except (OSError, ValueError):
        pass
    return None


def _head(git: Path) -> Optional[str]:
    head = (git / "HEAD").read_text().strip()
    if not head.startswith("ref:"):
        return head[:64] or None
    ref = head[4:].strip()
    common = git / "commondir"
    root = (git / common.read_text().strip()).resolve() if common.is_file() else git
    loose = root / ref
    if loose.is_file():
        return loose.read_text().strip()[:64] or None
    packed = root / "packed-refs"
    if packed.is_file():
        for line in packed.read_text().splitlines():
            commit, _, name = line.partition(" ")
            if name == ref:
                return commit[:64]
    return None
