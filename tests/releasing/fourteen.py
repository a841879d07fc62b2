"""The fourteen commands that every artefact must do where it was installed, and nothing but it."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]

Program = Callable[..., str]
"""Runs a command line of the installed program; what it printed."""

FIRM = "临汾万鑫达焦化有限责任公司"
SURROUNDINGS = {"FUGONG_TODAY": "2020-03-13", "FUGONG_ACTOR": "试装", "NO_COLOR": "1"}


def installed(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Program:
    """The program in surroundings that know nothing of this checkout, with a store in a folder."""
    surroundings = {**env, **SURROUNDINGS, "FUGONG_STORE": str(folder / "台账 一.db")}

    def run(*argv: str) -> str:
        done = subprocess.run(
            [*command, *argv], cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        assert done.returncode == 0, (argv, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        return done.stdout.decode()

    return run


def do(fugong: Program, folder: Path) -> None:
    """Do all of them, and look at what they say; the folder's own files are named without it."""
    (folder / "襄汾 数据.yaml").write_bytes((ROOT / "data" / "seed.yaml").read_bytes())
    assert fugong("--version").startswith("fugong ")
    fugong("load", "襄汾 数据.yaml")
    logged = fugong("log", FIRM, "口罩不足三天", "--department", "工信局", "--due", "7wd")
    assert logged.split()[:3] == ["1-5", FIRM, "口罩不足三天"]
    fugong("close", "1-5", "--how", "调配口罩500只")
    assert "第一帮扶组" in fugong("progress")
    fugong("export", "ledger", "-o", "台账 导出.xlsx")
    fugong("import", "台账 导出.xlsx")
    fugong("report", "-o", "会议 网页.html")
    assert "第一帮扶组" in (folder / "会议 网页.html").read_text(encoding="utf-8")
    fugong("store", "check")
    fugong("store", "backup")
    assert "襄汾县" in fugong("store", "info")
    assert "调配口罩500只" in fugong("list", "--status", "all", "--format", "json")
    fugong("undo")
    assert "用法：fugong" in fugong("--help")
