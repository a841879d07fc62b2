"""Options of workbooks that are handed in on paper."""

from typing import Annotated

import typer

from fugong.commands.frame.codes import Codes
from fugong.lang import T
from fugong.vocab.reporting import PaperSize, SheetsBy

Annex = Annotated[
    int | None,
    typer.Option(
        "--annex",
        min=1,
        metavar=T("号", "N"),
        help=T("工作簿标上“附件”和这个号。", "Mark the workbook as annex N."),
    ),
]
Size = Annotated[
    PaperSize,
    typer.Option(
        "--paper",
        help=T("工作簿的全部栏目打在多大的纸上。", "Paper size of the workbook with all columns."),
        click_type=Codes(PaperSize),
    ),
]
ByTeam = Annotated[
    SheetsBy | None,
    typer.Option(
        "--by", help=T("工作簿里一组一张。", "A sheet of the workbook for each team."), click_type=Codes(SheetsBy)
    ),
]
