"""The nouns of what teams do besides problems."""

from fugong.commands import figure, inspection, milestone, outreach, practice, support, work
from fugong.commands.frame.app import App
from fugong.lang import T

activity = App(help=T("工作记录：宣传、监督、服务。", "Activities: publicity, supervision, service."))
work.add_list(activity, None, T("列出工作记录。", "List activities."))
work.add_show(activity, None, T("看工作记录的全部内容和变更。", "Show activities with their history."))

nouns = {
    "inspection": inspection.app,
    "support": support.app,
    "outreach": outreach.app,
    "activity": activity,
    "milestone": milestone.app,
    "practice": practice.app,
    "figure": figure.app,
}
