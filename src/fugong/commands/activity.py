"""Activities of all three roles: list, show. They are entered by the role's own noun."""

from fugong.commands import work
from fugong.commands.frame.app import App
from fugong.lang import T

app = App(help=T("工作记录：宣传、监督、服务。", "Activities: publicity, supervision, service."))
work.add_list(app, None, T("列出工作记录。", "List activities."))
work.add_show(app, None, T("看工作记录的全部内容和变更。", "Show activities with their history."))
