"""What wandb calls what a run tells as well."""

from __future__ import annotations

from typing import Any, Optional

from .description import Description
from .settings import Settings


class WandbNames:
    """The names under which a script for wandb asks for what is here too."""

    id: str
    project: str
    url: str
    disabled: bool
    starting_step = 0
    sweep_url: Optional[str] = None
    _settings: Settings
    _about: Description

    @property
    def mode(self) -> str:
        """``disabled``, or ``online``, whether or not the server can be reached."""
        return "disabled" if self.disabled else "online"

    @property
    def path(self) -> str:
        """The project's slug and the run's id."""
        return "%s/%s" % (self.project, self.id)

    @property
    def project_url(self) -> str:
        """The project's runs in the console."""
        return "%s/projects/%s" % (self._settings.url, self.project)

    @property
    def start_time(self) -> float:
        """When the run began, in epoch seconds."""
        return self._about.began.timestamp()

    def get_url(self) -> str:
        """Return the run's page in the console."""
        return self.url

    def get_project_url(self) -> str:
        """Return the address of the project's runs in the console."""
        return self.project_url

    def get_sweep_url(self) -> Optional[str]:
        """Return None: there are no sweeps."""
        return self.sweep_url

    def project_name(self) -> str:
        """Return the project's name as it was given."""
        return self._about.project_name

    def join(self, exit_code: Optional[int] = None, **ignored: Any) -> None:
        """End the run, as ``finish`` does."""
        self.finish(exit_code)

    def finish(self, exit_code: Optional[int] = None, **ignored: Any) -> None:
        """End the run."""
        raise NotImplementedError
