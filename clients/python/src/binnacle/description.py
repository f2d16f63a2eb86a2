"""What a run says of itself, as the server takes it."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import Any, Dict, List, Mapping, Optional

from . import process
from .batches import Redact
from .ids import new_run_id, run_id_of, slug_of
from .lines import bounded, label, plain, text_of
from .notices import Notices

_NAME_CHARS = 200
_NOTES_CHARS = 64 * 1024
_COMMAND_CHARS = 4000
_TAGS = 50
_TAG_CHARS = 64
_NAME_TIME = "%Y%m%d-%H%M%S"


class Description:
    """The details of one run, bounded as the server bounds them; ``body`` is what creates it."""

    def __init__(
        self,
        project: Optional[str],
        run_id: Optional[str],
        name: Optional[str],
        tags: Any,
        notes: Optional[str],
        about: Mapping[str, Optional[str]],
        redact: Optional[Redact],
        notices: Notices,
    ) -> None:
        usual = label(os.environ.get("BINNACLE_PROJECT", ""), _NAME_CHARS, "default")
        self.project_name = given(project, _NAME_CHARS, usual)
        self.project = slug_of(self.project_name)
        self.run_id = _run_id(run_id, notices)
        self.began = datetime.now(timezone.utc)
        usual = "%s-%s" % (process.script_name(), self.began.strftime(_NAME_TIME))
        self.body: Dict[str, Any] = {
            "run_id": self.run_id,
            "name": given(name, _NAME_CHARS, usual),
            "tags": _tags(tags),
            "host": label(process.host(), 255),
            "command": bounded(_hidden(process.command(), redact), _COMMAND_CHARS),
            "started_at": _rfc3339(self.began),
        }
        if notes is not None:
            self.notes = notes
        if self.project != self.project_name:
            self.body["project_name"] = self.project_name
        for key in ("release", "environment", "service"):
            value = about.get(key)
            if value is not None:
                self.body[key] = label(value, _NAME_CHARS)

    @property
    def name(self) -> str:
        """The run's name; one that is none changes nothing."""
        return str(self.body["name"])

    @name.setter
    def name(self, value: Any) -> None:
        self.body["name"] = label(value, _NAME_CHARS, self.name)

    @property
    def notes(self) -> Any:
        """The run's notes; None when there never were any."""
        return self.body.get("notes")

    @notes.setter
    def notes(self, value: Any) -> None:
        self.body["notes"] = bounded("" if value is None else value, _NOTES_CHARS)

    @property
    def tags(self) -> Any:
        """The run's tags."""
        return self.body["tags"]

    @tags.setter
    def tags(self, values: Any) -> None:
        self.body["tags"] = _tags(values)

    @property
    def config(self) -> Any:
        """The run's config as JSON has it."""
        return self.body["config"]

    @config.setter
    def config(self, values: Mapping[str, Any]) -> None:
        self.body["config"] = plain(values)

    def end(self, status: str, exit_code: int) -> Dict[str, Any]:
        """Return the change that ends the run.

        The clock may have been set back meanwhile, and no run ends before it begins.
        """
        ended = max(self.began, datetime.now(timezone.utc))
        code = exit_code if abs(exit_code) < 1 << 31 else 1
        return {"status": status, "exit_code": code, "ended_at": _rfc3339(ended)}


def given(value: Any, characters: int, usual: str) -> str:
    """Return a name; the usual one when none is given."""
    return usual if value is None else label(value, characters, usual)


def _run_id(value: Optional[str], notices: Notices) -> str:
    """Return the id that was given, here or in the environment, or a new one."""
    chosen = text_of(value or os.environ.get("BINNACLE_RUN_ID") or "").strip()
    known = run_id_of(chosen)
    if chosen and known is None:
        notices.say("run id %r is no UUID; a new one is used" % chosen)
    return known or new_run_id()


def _tags(tags: Any) -> List[str]:
    """Return the tags as the server takes them: at most 50 of at most 64 characters."""
    try:
        values = [tags] if isinstance(tags, str) else list(() if tags is None else tags)
    except Exception:  # noqa: BLE001 - the caller's objects may raise anything
        values = [tags]
    return [tag for tag in (label(one, _TAG_CHARS) for one in values) if tag][:_TAGS]


def _hidden(text: str, redact: Optional[Redact]) -> str:
    if redact is None:
        return text
    try:
        return str(redact(text))
    except Exception:  # noqa: BLE001 - a failing hook must not let the secret through
        return "[not shown: the redaction hook failed]"


def _rfc3339(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")
