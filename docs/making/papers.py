"""Draw the pictures of docs/papers.md: ``python docs/making/papers.py``. It needs LibreOffice and poppler's pdftoppm.

Every paper is made by the program from the invented county of ``county.yaml`` and its week, turned into PDF as an
office would print it, and drawn in shades of grey, so that the pictures stay small. They are not compared by
``generate.py --check``: fonts differ from machine to machine.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "papers"
COUNTY = ROOT / "docs" / "making" / "county.yaml"
TODAY = "2020-03-20"
FONTS = {"仿宋": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC", "方正小标宋简体": "Noto Serif CJK SC:bold"}
"""What stands in for fonts that are not everybody's."""
WEEK = (
    "store set office 中共云岭县委组织部",
    "store set notice_word 云组帮",
    "escalate 5-2 --to county 跨乡协调放行",
    "escalate 10-2 --to county 加急审批",
    "escalate 1-4 --to city 要市局出证",
    "chase 3-2 --by 电话 --on 2020-03-11",
    "chase 3-2 --by 书面 --on 2020-03-18",
    "verify 1-1,1-2,1-3,2-1,3-1 --ok --satisfaction satisfied",
    "verify 9-4 --ok --satisfaction dissatisfied",
)
PAPERS = {
    "ledger": ("export ledger --annex 1 -o ledger.xlsx", 1, 64),
    "weekly": ("weekly --annex 2 -o weekly.xlsx", 1, 64),
    "progress": ("export progress -o progress.xlsx", 1, 50),
    "lists": ("export lists --annex 3 -o lists.xlsx", 1, 54),
    "assign": ("notice 3-8 --kind 交办单 -o assign.docx", 2, 45),
    "urge": ("notice 3-2 --kind 催办单 --no-receipt -o urge.docx", 1, 45),
    "supervise": ("notice 3-2 --kind 督办单 --internal --no-receipt -o supervise.docx", 1, 45),
    "rectify": ("notice 9-3 --kind 整改通知书 --no-receipt -o rectify.docx", 1, 45),
}
"""Each with its command, how many pages of it are drawn, and in how many dots per inch."""


def main() -> int:
    """Draw all of them; 1 where a tool is missing."""
    missing = [tool for tool in ("soffice", "pdftoppm") if not shutil.which(tool)]
    if missing:
        print(f"not installed: {', '.join(missing)}")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        _made(Path(folder))
        for old in PICTURES.glob("*.png"):
            old.unlink()
        for name, (_, pages, dots) in PAPERS.items():
            drawing = ["pdftoppm", "-png", "-gray", "-r", str(dots), "-l", str(pages), f"{name}.pdf"]
            subprocess.run([*drawing, str(PICTURES / name)], cwd=folder, check=True)
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.stat().st_size:7d}  {picture.relative_to(ROOT)}")
    return 0


def _made(folder: Path) -> None:
    """Make every paper, and its PDF."""
    env = {**os.environ, "FUGONG_STORE": str(folder / "c.db"), "FUGONG_TODAY": TODAY, "FUGONG_ACTOR": "测试员甲"}
    commands = [f"load {COUNTY}", *WEEK, *(command for command, _, _ in PAPERS.values())]
    for command in commands:
        subprocess.run(
            [sys.executable, "-m", "fugong", *command.split()], cwd=folder, env=env, check=True, capture_output=True
        )
    (folder / "fonts.conf").write_text(_fonts(), encoding="utf-8")
    files = [f"{name}.{'docx' if command.startswith('notice') else 'xlsx'}" for name, (command, _, _) in PAPERS.items()]
    office = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "pdf", *files],
        cwd=folder,
        env={**env, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
    )


def _fonts() -> str:
    """Fontconfig's settings with the stand-ins."""
    rules = ""
    for name, stand_in in FONTS.items():
        family, _, bold = stand_in.partition(":")
        weight = '<edit name="weight" mode="assign"><const>bold</const></edit>' if bold else ""
        rules += (
            f'<match target="pattern"><test name="family"><string>{name}</string></test>'
            f'<edit name="family" mode="assign" binding="same"><string>{family}</string></edit>{weight}</match>'
        )
    return f'<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>{rules}</fontconfig>'


if __name__ == "__main__":
    sys.exit(main())
