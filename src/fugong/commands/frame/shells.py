"""How shells ask for completion: where nothing fits they offer nothing, and files only where a file is meant.

Typer's own scripts offer files wherever they have nothing else, so that a firm's name is completed to a file's.
"""

import os
import sys
from typing import Any

from typer import _completion_classes as classes
from typer import _completion_shared as shared
from typer._click.shell_completion import _resolve_context as context_of
from typer._click.shell_completion import _resolve_incomplete as meant_by
from typer._click.shell_completion import add_completion_class

FILES = "_files"
"""What is answered where a file is meant: the shell looks for it itself."""

BASH = """
%(complete_func)s() {
    local IFS=$'\\n'
    COMPREPLY=( $( env COMP_WORDS="${COMP_WORDS[*]}" \\
                   COMP_CWORD=$COMP_CWORD \\
                   %(autocomplete_var)s=complete_bash $1 ) )
    if [ "${COMPREPLY[0]}" = _files ]; then
        COMPREPLY=( $( compgen -f -- "${COMP_WORDS[COMP_CWORD]}" ) )
        compopt -o filenames 2>/dev/null
    fi
    return 0
}

complete -F %(complete_func)s %(prog_name)s
"""
POWERSHELL = shared.COMPLETION_SCRIPT_POWER_SHELL.replace(
    "    %(prog_name)s | ForEach-Object {\n",
    "    $page = [Console]::OutputEncoding\n"
    "    try {\n"
    "        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8  # else it reads the console's code page\n"
    "        $offered = @(%(prog_name)s)\n"
    "    } finally {\n"
    "        [Console]::OutputEncoding = $page\n"
    "    }\n"
    '    if ($offered.Count -eq 0 -or $offered[0] -eq "") { "" }  # else it would look for files\n'
    '    $offered | Where-Object { $_ -and $_ -notmatch "^_files" } | ForEach-Object {\n',
)


def prepare() -> None:
    """Let Typer use these, once it has entered its own."""
    for name, kind in (("bash", Bash), ("zsh", Zsh), ("fish", Fish), ("powershell", PowerShell), ("pwsh", PowerShell)):
        add_completion_class(kind, name)
    scripts = shared._completion_scripts  # noqa: SLF001  (there is no other way to give it a script)
    scripts |= {"bash": BASH, "powershell": POWERSHELL, "pwsh": POWERSHELL}


class _Asked:
    """What the shells share: a file is meant where the parameter takes one."""

    def get_completions(self: Any, args: list[str], incomplete: str) -> list[Any]:
        """What is offered; nothing where it is a file, which is remembered."""
        ctx = context_of(self.cli, self.ctx_args, self.prog_name, list(args))
        meant, word = meant_by(ctx, list(args), incomplete)
        self.files = getattr(getattr(meant, "type", None), "name", "") == "path"
        return [] if self.files else list(meant.shell_complete(ctx, word))


class Bash(_Asked, classes.BashComplete):
    """Bash."""

    source_template = BASH

    def complete(self) -> str:
        """The answer."""
        said: str = super().complete()
        return FILES if self.files else said


class Zsh(_Asked, classes.ZshComplete):
    """Zsh."""

    def complete(self) -> str:
        """The answer: a command for it to run."""
        said: str = super().complete()
        return said if self.files or said != FILES else ":"


class Fish(_Asked, classes.FishComplete):
    """Fish, which first asks whether there is anything else than files."""

    def complete(self) -> str:
        """The answer."""
        if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
            self.get_completions(*self.get_completion_args())
            sys.exit(int(self.files))
        return str(super().complete())


class PowerShell(_Asked, classes.PowerShellComplete):
    """PowerShell."""

    source_template = POWERSHELL

    def complete(self) -> str:
        """The answer."""
        said: str = super().complete()
        return FILES if self.files else said
