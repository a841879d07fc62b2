"""What teams do besides problems: activities, milestones, practices, published figures."""

from fugong.commands.app import App
from fugong.commands.listing import add_list
from fugong.lang import T

activity = App(help=T("工作记录：宣传、监督、服务。", "Activities: publicity, supervision, service."))
milestone = App(help=T("达标事项：企业做到了什么。", "Milestones: what enterprises have reached."))
practice = App(help=T("做法：值得推广的经验。", "Practices: methods worth copying."))
figure = App(help=T("公布口径：别人公布过的数字。", "Published figures: totals that somebody stated."))

add_list(activity, "field_work", "activities", T("列出工作记录。", "List activities."))
add_list(milestone, "field_work", "milestones", T("列出达标事项。", "List milestones."))
add_list(practice, "field_work", "practices", T("列出做法。", "List practices."), by_team=False)
add_list(figure, "field_work", "figures", T("列出公布口径。", "List published figures."))

nouns = {"activity": activity, "milestone": milestone, "practice": practice, "figure": figure}
