"""The manual and the completions that the packages carry say what the program says."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from making import man

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", man.PAGES)
def test_the_manual_has_every_command_as_its_help_says_it(language: str) -> None:
    reference = (ROOT / "docs" / ("cli.zh.md" if language == "zh" else "cli.md")).read_text(encoding="utf-8")
    text = (ROOT / man.PAGES[language]).read_text(encoding="utf-8")
    commands = re.findall(r"^## (fugong.*)$", reference, re.MULTILINE)
    assert re.findall(r"^\.SS (fugong.*)$", text, re.MULTILINE) == commands
    assert text.count(".nf\n") == text.count(".fi\n") > len(commands) > 100


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
@pytest.mark.parametrize("page", man.PAGES.values())
def test_the_manual_is_set_without_a_warning_and_loses_no_sign(page: str) -> None:
    done = subprocess.run(
        ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", str(ROOT / page)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert "--as-of" in done.stdout
    assert "fugong store set timezone Asia/Shanghai" in done.stdout


@pytest.mark.parametrize("shell", man.SHELLS)
def test_the_completion_of_every_shell_is_one_that_the_shell_reads(shell: str) -> None:
    path = ROOT / man.SHELLS[shell]
    assert "_FUGONG_COMPLETE" in path.read_text(encoding="utf-8")
    if shell == "powershell" or not shutil.which(shell):
        pytest.skip(f"{shell} is not installed here")
    subprocess.run([shell, "-n", str(path)], check=True)


def test_the_wheel_carries_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"] == {"share": "share"}
