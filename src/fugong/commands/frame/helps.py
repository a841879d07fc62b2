"""What every command is for, in Chinese and in English: what the page that names them all has to say.

Compiled from the commands by ``python docs/generate.py``; not to be edited. Importing all of them takes longer than
everything else that the page needs.
"""

# ruff: noqa: E501  (sentences, one in a line)
# fmt: off

HELPS = {
    "init": (
        "从零开始：新建台账，带上常用列表；在终端里会问县名、行动和帮扶组，都可以不答。",
        "Begin: make a store with the usual lists. On a terminal it asks for county, campaign and teams; anything may be left out.",
    ),
    "load": (
        "装入 YAML 数据；没有台账就新建。",
        "Load YAML files; makes the store if there is none.",
    ),
    "log": (
        "登记一个问题。",
        "Log a problem.",
    ),
    "edit": (
        "修改问题的内容；空的值表示清除。",
        "Correct a problem; an empty value clears.",
    ),
    "assign": (
        "交办给责任单位，问题转为办理中。",
        "Hand problems to a department; they are then in progress.",
    ),
    "note": (
        "记一条办理情况；最后一个参数是内容。",
        "Add what was done; the last argument is the text.",
    ),
    "close": (
        "销号：问题已解决，写明措施。开了审核销号的台账是申请销号。",
        "Close problems with the measure that solved them; where closings are reviewed, apply for it.",
    ),
    "reopen": (
        "重开已销号或作废的问题。",
        "Reopen closed or void problems.",
    ),
    "void": (
        "作废登记有误的问题，不再计入任何总数。",
        "Void problems logged by mistake; they count nowhere.",
    ),
    "list": (
        "列出问题；默认只列正在解决的。",
        "List problems; by default those in hand.",
    ),
    "show": (
        "看一个问题的全部内容和办理记录。",
        "Show problems with their whole history.",
    ),
    "find": (
        "到处找：描述、进展、措施、企业、人、工作里有这些字的，谁、什么时候写的。",
        "Look everywhere: texts of problems, notes, measures, firms, people and work; who wrote them, and when.",
    ),
    "today": (
        "这一天谁录入了什么（按录入时间，不是业务日期）。",
        "Who entered what on a day, by the time of entry, not by business date.",
    ),
    "bounce": (
        "责任单位退回：写明原因，可改交别的单位。",
        "A department refuses problems: why, and who has them now.",
    ),
    "chase": (
        "催办：不写编号就列出今天该催的，什么也不改。",
        "Chase departments; without ids, list what to chase today and change nothing.",
    ),
    "extend": (
        "延期：时限改到更晚，最初的时限保留。",
        "Put deadlines off; the first one stays on record.",
    ),
    "approve": (
        "审核通过申请的销号。",
        "Approve closings that somebody else applied for.",
    ),
    "reject": (
        "退回申请的销号：写明原因，问题继续办理。",
        "Send applications for closing back, and say why.",
    ),
    "attach": (
        "给问题附上文件：照片、函件。只记名称、大小和校验和。",
        "Attach files to a problem: photographs, letters.",
    ),
    "verify": (
        "回访已销号的问题；没解决的重开。",
        "Record return visits to closed problems; a failed one is reopened.",
    ),
    "escalate": (
        "上报：部门解决不了的，报县、报市、报省协调；仍算正在解决。",
        "Report problems to the county, the city or the province; they stay in hand.",
    ),
    "weekly": (
        "一周对比：新增、办结、在办、逾期、按时、不满意，和上周比。",
        "A week beside the one before: new, closed, in hand, overdue, on time, dissatisfied.",
    ),
    "redate": (
        "更正办理的日期：最近一次办理，或用 --act 指明是哪一种，改到实际那一天。",
        "Correct the day of an act: of the last one, or with --act of the last of that kind.",
    ),
    "redact": (
        "涂去误录的文字（如身份证号）：从记录和全部办理记录里删掉，不能恢复；删过什么、为什么，仍留有记录。",
        "Remove words entered by mistake (an identity number) from a record and its history, for good; that it was done, and why, stays.",
    ),
    "undo": (
        "撤销自己最近一次操作，整批撤回。",
        "Take back your last command, whole.",
    ),
    "redo": (
        "重做自己最近一次撤销的操作，整批恢复。",
        "Do again what you undid last, whole.",
    ),
    "shell": (
        "连着输入：启动一次，命令不用再打 fugong；Tab 补全企业、单位、类别、编号。quit 退出。",
        "One start, many commands, without typing fugong; Tab completes names and ids; quit ends.",
    ),
    "run": (
        "执行一个文件里的命令，一行一条；- 是标准输入。遇到第一条不成的就停，说出是第几行。",
        "Run the commands of a file, one a line; - is standard input. It stops at the first that fails.",
    ),
    "help": (
        "看帮助：fugong help 命令。",
        "Show help: fugong help COMMAND.",
    ),
    "progress": (
        "各组进展：发现、解决、正在解决、复工。",
        "Progress of each team: found, solved, in hand, resumed.",
    ),
    "report": (
        "写一份会议用的网页报告：自成一体，手机可读，可打印。",
        "Write a report for the meeting: one self-contained web page for phones and paper.",
    ),
    "summary": (
        "每日综述：报给工作群和领导的一段话。",
        "The daily summary, for the work chat and the leaders.",
    ),
    "nil": (
        "零报告：这一组当天没有情况要报。",
        "Report that a team has nothing to report.",
    ),
    "publish": (
        "公布：留存截至某时的数字和背后的每一条。",
        "Publish: keep the figures of a cut-off, and the rows.",
    ),
    "reconcile": (
        "核对：公布的数字和台账对不对得上。",
        "Compare what was stated with the ledger.",
    ),
    "import": (
        "导入 Excel、CSV 台账；全部写入，或什么也不写。",
        "Import a ledger, Excel or CSV: all of it, or nothing.",
    ),
    "merge": (
        "把别的副本、备份或合并包里的内容合进来：谁记下的都不丢，说法不一的列出来，等人裁定。先备份，全部合进来才写入。",
        "Bring in what other copies, backups or bundles hold: nothing that anybody entered is lost, and what they say differently is listed to be settled. A backup is made first; all comes in, or nothing does.",
    ),
    "nightly": (
        "夜间任务：备份，留存截至时的数字，写出台账（CSV、XLSX）、会议网页和每日综述，有红灯就告警。同一截至时间跑几次，结果一样。",
        "The nightly run: back up, publish the figures of the cut-off, write the ledger (CSV, XLSX), the page and the summary, and sound the alarm on red. Running it twice for one cut-off is the same as once.",
    ),
    "notice": (
        "文书：交办单、催办单、督办单、整改通知书、回执，写成 Word 文件；直接写编号就是出具。",
        "Papers as Word files: assignments, reminders, supervision orders, notices to rectify, receipts.",
    ),
    "export": (
        "导出报表：-o 文件.xlsx 可直接打印上会，-o 文件.csv 供表格软件读取。",
        "Export for the meeting: -o FILE.xlsx is ready to print, -o FILE.csv is for spreadsheets.",
    ),
    "campaign": (
        "专项行动：县、名称、大事。",
        "The campaign: county, name, timeline.",
    ),
    "term": (
        "列表：问题类别、工作方式、达标事项、时限。",
        "The lists: categories, kinds of work, milestones, deadlines.",
    ),
    "team": (
        "帮扶组。",
        "Assistance teams.",
    ),
    "member": (
        "组员。",
        "Members of teams.",
    ),
    "enterprise": (
        "企业。",
        "Enterprises.",
    ),
    "department": (
        "责任单位。",
        "Departments.",
    ),
    "inspection": (
        "监督：五查和其他检查。",
        "Supervision: the five checks, and other checks.",
    ),
    "support": (
        "服务：帮企业解决困难（五帮）。",
        "Service: what was done to help enterprises.",
    ),
    "outreach": (
        "宣传：资料、标语、通知、培训、观摩。",
        "Publicity: material, slogans, notices, training, visits.",
    ),
    "activity": (
        "工作记录：宣传、监督、服务。",
        "Activities: publicity, supervision, service.",
    ),
    "milestone": (
        "达标事项：企业做到了什么。",
        "Milestones: what enterprises have reached.",
    ),
    "practice": (
        "做法：值得推广的经验。",
        "Practices: methods worth copying.",
    ),
    "figure": (
        "公布口径：别人公布过的数字。",
        "Published figures: totals that somebody stated.",
    ),
    "calendar": (
        "工作日历：法定工作日和调休。",
        "The calendar of working days.",
    ),
    "store": (
        "台账文件：新建、查看、设置、检查、备份、升级、搬移。",
        "The store: make one, look at it, set it up, check it, back it up, upgrade it, move it.",
    ),
    "conflict": (
        "冲突：几个副本说法不一的地方。合并后列出来，由人裁定；裁定前有一种说法暂时作数。",
        "Conflicts: what copies say differently. A merge lists them, people settle them; meanwhile one side stands.",
    ),
    "profile": (
        "导入方案：一个单位的叫法，由 import --profile 记下。",
        "Profiles of imports: what an office calls things, as import --profile keeps it.",
    ),
    "settings": (
        "自己的设置：语言、翻页、颜色、默认帮扶组。",
        "Your own settings: language, pager, colours, team.",
    ),
}
