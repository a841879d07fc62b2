"""Two examples at the end of every help page; a test runs each of them."""

from functools import cache
from typing import Any

from fugong.lang import T


def of(ctx: Any) -> list[str]:
    """The examples of the command that a page is about, in the language of the run."""
    return [f"fugong {T(*each)}" for each in table().get(ctx.command_path.partition(" ")[2], ())]


@cache
def table() -> dict[str, list[tuple[str, str]]]:
    """The examples of every command, in both languages."""
    read: dict[str, list[tuple[str, str]]] = {}
    for line in _TABLE.split("\n"):
        if line.startswith("["):
            examples = read[line.strip("[]")] = []
        elif line.startswith("= "):
            examples[-1] = (examples[-1][0], line.removeprefix("= "))
        elif line:
            examples.append((line, line))
    return read


_TABLE = """
[]
progress
log 万鑫达焦化 口罩不足三天 --due 7wd
= log Alder 'masks for three days only' --due 7wd
[init]
--store 我县.db init --county 云岭县 --teams 10
= --store county.db init --county 'Cloud Ridge' --teams 10
--store 空的.db init --bare
= --store empty.db init --bare
[nightly]
nightly ledger.db 每晚 17:00
= nightly ledger.db nightly 17:00
nightly ledger.db 每晚 昨天 --keep 30
= nightly ledger.db nightly yesterday --keep 30
[campaign]
campaign show
campaign edit --event 3月6日=召开复工动员会
= campaign edit --event '6 Mar=first meeting'
[campaign show]
campaign show
campaign show --json
[campaign edit]
campaign edit --event 3月6日=召开复工动员会
= campaign edit --event '6 Mar=first meeting'
campaign edit --place 襄汾 --note 公开数据
= campaign edit --place Northmoor --note 'an example'
[term]
term list category
term add 问题类别 物流运输
= term add category 'Transport' --code transport
[term list]
term list
term list 时限
= term list deadline
[term add]
term add 问题类别 物流运输
= term add category 'Transport' --code transport
term add 时限 特急 --rule 2wd
= term add deadline urgent --rule 2wd
[term edit]
term edit 问题类别 岗位用工 --name 用工
= term edit category staffing --en Workforce
term edit 时限 一般 --rule 10wd
= term edit deadline ordinary --rule 10wd
[term retire]
term retire 问题类别 岗位用工 --why 并入别的类别
= term retire category staffing --why 'merged into another'
term retire 时限 一般
= term retire deadline ordinary
[term restore]
term restore 问题类别 岗位用工
= term restore category staffing
term restore 时限 一般
= term restore deadline ordinary
[settings]
settings list
settings set team 3
[settings list]
settings list
settings list --json
[settings set]
settings set team 3
settings set language en
[load]
load 我县.yaml
= load county.yaml
--store 我县.db load 我县.yaml
= --store ledger.db load county.yaml
[log]
log 万鑫达焦化 口罩不足三天 -d 工信局 --due 7wd
= log Alder 'masks for three days only' -d TIO --due 7wd
log - 缺少防疫人员 --team 3 --on 昨天
= log - 'nobody for disinfection' --team 3 --on yesterday
[edit]
edit 1-1 --category 岗位用工 --due 下周五
= edit 1-2 --category readiness --due 'next Friday'
edit 1-4 --enterprise 铁环漆业 --no-major
= edit 2-3 --enterprise Elm --no-major
[assign]
assign 1-4 公安局
= assign 1-3 'Fire Service'
assign 1-3,9-3 -d 工信局 --assist 县政府 --due 7wd
= assign 1-3,2-3 -d TIO --assist 'Fire Service' --due 7wd
[note]
note 1-1 施工队明天到
= note 1-2 'the crew comes tomorrow'
note 1-1..1-3 已报县政府 --on 昨天
= note 1-1..1-3 'told the county' --on yesterday
[close]
close 1-2 自备车已启用
= close 1-2 'the buses run'
close 1-1,1-3 --how 已协调解决 --on 昨天
= close 1-2,2-2 --how 'settled' --on 2020-03-12
[reopen]
reopen 3-1 又有反复
= reopen 1-1 'it is back'
reopen 3-1 3-2 --why 整改不到位
= reopen 1-1 2-1 --why 'not put right'
[void]
void 1-4 登记错了
= void 1-3 'a slip'
void 9-3 --why 重复 --duplicate-of 9-2
= void 2-2 --why 'the same matter' --duplicate-of 2-4
[list]
list --team 1 --light grey
= list --team 1 --light red
list --save 本周销号 --closed-since 周一
= list --save closed-this-week --closed-since Monday
[shell]
shell
--store 我县.db shell
= --store county.db shell
[run]
run 今天.txt
= run today.txt
run 今天.txt --keep-going
= run today.txt --keep-going
[find]
find 口罩
= find masks
find 口罩 乡镇 --limit 20
= find masks night --limit 20
[today]
today
today --on 昨天 --by actor
= today --on yesterday --by actor
[show]
show 9-1
= show 1-2
show 1-1,1-2 --json
[bounce]
bounce 9-2 不归我局管
= bounce 1-3 'not ours'
bounce 1-1 --why 要先报名单 --to 公安局
= bounce 1-2 --why 'a list first' --to TIO
[chase]
chase
chase 9-2 电话
= chase 1-2 telephone
[escalate]
escalate 1-4 --to 市 要跨县协调
= escalate 2-3 --to city 'needs the next county'
escalate 1-4 --to county --why 两家单位都说不归自己管
= escalate 2-3 --to county --why 'no department does this'
[weekly]
weekly --month 3月 --format text
= weekly --month 2020-03 --format text
weekly -o 周报.xlsx --annex 2
= weekly -o weekly.xlsx --annex 2
[notice]
notice 1-2 --kind 交办单 -o 交办单.docx
= notice 1-2 --kind assign -o assignment.docx
notice list
[notice make]
notice 1-2 --kind 交办单 -o 交办单.docx
= notice 1-2 --kind assign -o assignment.docx
notice make 1-2 --kind 督办单 --internal -o 督办单.docx
= notice make 1-2 --kind supervise --internal -o order.docx
[notice template]
notice template -o 模板.docx
= notice template -o template.docx
notice template -o 模板.docx --force
= notice template -o template.docx --force
[notice list]
notice list
notice list --as-of 昨天 --format csv
= notice list --as-of yesterday --format csv
[notice show]
notice show 1-2
notice show 1-2 --json
[extend]
extend 2-1 --to 15wd --why 等批文
= extend 1-3 --to 15wd --why 'waiting for a permit'
extend 2-1 --to 4月底 --why 等开工
= extend 1-3 --to '30 Apr' --why 'sites still shut'
[approve]
approve 2-1
= approve 1-2
approve 2-1,9-2 --on 今天
= approve 1-2,2-2 --on today
[reject]
reject 2-1 没有照片
= reject 1-2 'no photographs'
reject 9-2 --why 企业说还没到货
= reject 2-2 --why 'the firm says that nothing came'
[attach]
attach 2-1 county.yaml --note 送货单
= attach 1-2 county.yaml --note 'delivery note'
attach 9-2 ledger.xlsx --on 昨天
= attach 2-2 ledger.xlsx --on yesterday
[verify]
verify 9-1 --ok --satisfaction 满意
= verify 1-1 --ok --satisfaction satisfied
verify --sample 2
[undo]
undo --dry-run
undo --dry-run --quiet
[redact]
redact 1-1 --why 误录了身份证号
= redact 1-2 --why 'an identity number by mistake'
redact 2-1 --field text --why 误录
= redact 2-2 --field text --why 'entered by mistake'
[redate]
redate 1-1 --act log --on 昨天
= redate 1-2 --act log --on 2020-03-04
redate 3-2 --act 销号 --on 3月12日
= redate 1-1 --act close --on '9 Mar'
[redo]
redo --dry-run
redo --dry-run --quiet
[help]
help log
help settings
[progress]
progress --as-of 3月12日
= progress --as-of '12 Mar'
progress --by department
[report]
report -o 会议报告.html
= report -o meeting.html
report -o 报告.html --as-of 昨天 --force
= report -o report.html --as-of yesterday --force
[summary]
summary
summary --short --as-of 今天-9:00
= summary --short --as-of today-9:00
[nil]
nil 7
= nil 3
nil 第七组 --on 昨天
= nil 3 --on yesterday
[publish]
publish
publish --as-of 昨天 --name 第一期
= publish --as-of yesterday --name first
[reconcile]
reconcile
reconcile --found 73 --solved 59 --in-hand 14
= reconcile --found 8 --solved 3 --in-hand 5
[import]
import 台账.xlsx --dry-run
= import ledger.xlsx --dry-run
import --template 空表.xlsx
= import --template empty.xlsx
[export]
export ledger -o 问题台账.xlsx
= export ledger -o problems.xlsx
export lists -o 三张清单.xlsx
= export lists -o lists.xlsx
[export ledger]
export ledger -o 问题台账.xlsx
= export ledger -o problems.xlsx
export ledger --team 1 -o 第一组.csv --encoding gb18030
= export ledger --team 1 -o team1.csv
[export lists]
export lists --status 办理中 -o 在办.xlsx
= export lists --status doing -o in-hand.xlsx
export lists --by team -o 各组清单.xlsx
= export lists --by team -o by-team.xlsx
[export enterprises]
export enterprises -o 企业.xlsx
= export enterprises -o firms.xlsx
export enterprises --team 1 --format csv
[export progress]
export progress -o 进展.xlsx
= export progress -o progress.xlsx
export progress --by township --format md
[export activities]
export activities -o 工作.xlsx
= export activities -o activities.xlsx
export activities --kind 物资 --format csv
= export activities --kind supplies --format csv
[export milestones]
export milestones -o 达标.xlsx
= export milestones -o milestones.xlsx
export milestones -m 工会 --format csv
= export milestones -m union --format csv
[export figures]
export figures -o 口径.xlsx
= export figures -o figures.xlsx
export figures --measure 发现问题 --format csv
= export figures --measure found --format csv
[team]
team list
team show 3
[team list]
team list
team list --all --format csv
[team add]
team add 11 第十一帮扶组 --county 襄汾县
= team add 11 'Team 11' --county Northmoor
team add 12 第十二帮扶组 --unit 工信局 --expected 3
= team add 12 'Team 12' --unit TIO --expected 3
[team edit]
team edit 3 --expected 4
team edit 第三组 --branch 第三临时党支部
= team edit 3 --branch 'Branch 3'
[team show]
team show 3
team show 第三组 --json
= team show 'Third team' --json
[team retire]
team retire 4 --why 并入第九组
= team retire 3 --why 'joined team 2'
team retire 第四组 --on 昨天
= team retire 'Third team' --on yesterday
[team restore]
team restore 3
team restore 第三组
= team restore 'Third team'
[member]
member list --team 1
member show 徐宏
= member show 'Member One'
[member list]
member list --team 1
member list --with-personal --format csv
[member add]
member add 组员甲 --team 3 --phone 13800000000
= member add 'Member A' --team 3 --phone 13800000000
member add 组员乙 --team 1 --duty 安全员 --enterprise 铁环漆业
= member add 'Member B' --team 1 --duty safety --enterprise Alder
[member edit]
member edit 徐宏 --duty 组员
= member edit 'Member One' --duty member
member edit 1/崔丽琴 --party 党员
= member edit '1/Member Two' --party member
[member show]
member show 徐宏
= member show 'Member One'
member show 1/徐宏 --with-personal
= member show '1/Member One' --with-personal
[member retire]
member retire 崔丽琴 --why 调离
= member retire 'Member Two' --why moved
member retire 1/徐宏 --on 昨天
= member retire '1/Member One' --on yesterday
[member restore]
member restore 徐宏
= member restore 'Member One'
member restore 1/徐宏
= member restore '1/Member One'
[enterprise]
enterprise list --team 1
enterprise stage 万鑫达焦化 已复工
= enterprise stage Birch resumed
[enterprise list]
enterprise list --team 1
enterprise list --all --format csv
[enterprise add]
enterprise add 襄汾县甲厂 --team 3 --alias 甲厂
= enterprise add 'Plant A' --team 3 --alias A1
enterprise add 襄汾县乙厂 --team 4 --township 大邓乡 --above-scale
= enterprise add 'Plant B' --team 2 --township Ashford --above-scale
[enterprise edit]
enterprise edit 热力公司 --alias 热力
= enterprise edit Elm --alias 'the works'
enterprise edit 大地华基 --township 景毛乡 --workforce 120人
= enterprise edit Birch --township Ashford --workforce 120
[enterprise assign]
enterprise assign 热力公司 --team 10
= enterprise assign Elm --team 3
enterprise assign 铁环漆业 宏源二公司 --team 4 --from 昨天
= enterprise assign Alder Birch --team 2 --from yesterday
[enterprise join]
enterprise join 兴盛混凝土 --into 万鑫达焦化
= enterprise join Cedar --into Elm
enterprise join 亨欣 --into 鸿鑫
= enterprise join Hazel --into Gorse
[enterprise stage]
enterprise stage 热力公司 已复工 --on 昨天
= enterprise stage Elm resumed --on yesterday
enterprise stage 强盛铁合金 不计 --why 检修
= enterprise stage Cedar excluded --why repairs
[enterprise show]
enterprise show 热力公司
= enterprise show Elm
enterprise show 万鑫达焦化 --json
= enterprise show Birch --json
[enterprise retire]
enterprise retire 欣泽隆 --why 已注销
= enterprise retire Hazel --why dissolved
enterprise retire 星原集团 --on 昨天
= enterprise retire Gorse --on yesterday
[enterprise restore]
enterprise restore 热力公司
= enterprise restore Elm
enterprise restore 铁环漆业
= enterprise restore Birch
[department]
department list
department show 工信局
= department show TIO
[department list]
department list
department list --all --format csv
[department add]
department add 人社局 --alias 人力资源和社会保障局
= department add 'Labour Bureau'
department add 供电公司
= department add 'Power Company'
[department edit]
department edit 工信局 --alias 经信局
= department edit 'Fire Service' --alias Fire
department edit 工信局 --no-alias 工信
= department edit PHO --no-alias 'Health Office'
[department show]
department show 工信局
= department show TIO
department show 应急局 --json
= department show 'Fire Service' --json
[department retire]
department retire 张礼医院 --why 已合并
= department retire 'Fire Service' --why merged
department retire 永固乡 --on 昨天
= department retire 'Fire Service' --on yesterday
[department restore]
department restore 工信局
= department restore TIO
department restore 应急局
= department restore 'Fire Service'
[inspection]
inspection list --team 3
= inspection list --team 1
inspection due --every 7wd
[inspection add]
inspection add 铁环漆业 --fail 环境卫生=厂区未消毒 --pass-rest
= inspection add Birch --fail 'hygiene=no disinfection' --pass-rest
inspection add 热力公司 查看资料 --kind 检查
= inspection add Elm 'read the papers' --kind check
[inspection list]
inspection list --team 3
= inspection list --team 1
inspection list --since 7d --format csv
[inspection show]
inspection show 3-w1
= inspection show 1-w1
inspection show 3-w1 --json
= inspection show 1-w1 --json
[inspection due]
inspection due --every 7wd
inspection due --every 3d --team 1
[inspection edit]
inspection edit 3-w5 --text 指导出入登记
= inspection edit 1-w1 --text 'gate register'
inspection edit 1-w1 --place 办公楼
= inspection edit 1-w1 --place office
[support]
support list --team 3
= support list --team 2
support add 热力公司 物资 送口罩 --item 口罩 -q 500 -u 只
= support add Elm supplies masks --item masks -q 500
[support add]
support add 热力公司 物资 送口罩 --item 口罩 -q 500 -u 只 --problem 9-1
= support add Elm supplies masks --item masks -q 500 --problem 2-2
support add 铁环漆业 资金 联系银行 --on 昨天
= support add Birch finance 'asked the bank' --on yesterday
[support list]
support list --team 3
= support list --team 2
support list --kind 物资 --format csv
= support list --kind supplies --format csv
[support show]
support show 3-w2
= support show 2-w1
support show 3-w2 3-w3 --json
= support show 2-w1 --json
[support edit]
support edit 3-w2 -q 300 -u 只
= support edit 2-w1 -q 350
support edit 3-w3 --text 讲清复工流程
= support edit 2-w1 --text 'explained the steps'
[outreach]
outreach list --team 5
= outreach list --team 1
outreach add 铁环漆业 培训 防疫培训 --guest 专家甲
= outreach add Birch training hygiene --guest 'Expert A'
[outreach add]
outreach add 铁环漆业 培训 防疫培训 --guest 专家甲
= outreach add Birch training hygiene --guest 'Expert A'
outreach add 热力公司 资料 发放读本 --item 读本 -q 50 -u 本
= outreach add Elm material readers --item reader -q 50
[outreach list]
outreach list --team 5
= outreach list --team 1
outreach list --text 标语
= outreach list --kind slogans
[outreach show]
outreach show 4-w1
= outreach show 1-w2
outreach show 5-w8 5-w9 --json
= outreach show 1-w2 --json
[outreach edit]
outreach edit 5-w8 -q 21 -u 条
= outreach edit 1-w2 -q 21
outreach edit 4-w1 --place 光大焦化
= outreach edit 1-w2 --place canteen
[activity]
activity list --team 5
= activity list --team 1
activity show 3-w2
= activity show 2-w1
[activity list]
activity list --team 5
= activity list --team 1
activity list --since 一周 --format csv
= activity list --since '1 week' --format csv
[activity show]
activity show 3-w2
= activity show 1-w1
activity show 3-w1,3-w2 --json
= activity show 1-w1,1-w2 --json
[milestone]
milestone list --team 5
= milestone list --team 1
milestone add 铁环漆业 党支部 --on 昨天
= milestone add Birch party-branch --on yesterday
[milestone add]
milestone add 铁环漆业 党支部 --on 昨天
= milestone add Birch party-branch --on yesterday
milestone add 热力公司 工会 --pending
= milestone add Elm union --pending
[milestone edit]
milestone edit 荣世达 工会 --reached --on 昨天
= milestone edit Dogwood approval --on yesterday
milestone edit 宏源二公司 整改责任书 --on 3月11日
= milestone edit Alder control-plan --on '11 Mar'
[milestone list]
milestone list --team 5
= milestone list --team 1
milestone list -m 工会
= milestone list -m union
[milestone show]
milestone show 荣世达 工会
= milestone show Dogwood approval
milestone show 宏源二公司 整改责任书 --json
= milestone show Alder control-plan --json
[practice]
practice list
practice adopt 光大模式 铁环漆业
= practice adopt 'One-way canteen' Birch
[practice add]
practice add 错峰就餐 --origin 第一帮扶组
= practice add 'meals in shifts' --origin 'Team 1'
practice add 晨检 --summary 每天进厂测温 --promoted 昨天
= practice add 'morning check' --promoted yesterday
[practice adopt]
practice adopt 光大模式 铁环漆业
= practice adopt 'One-way canteen' Birch
practice adopt 1235工作法 --team 3
= practice adopt 'Buddy check' --team 3
[practice edit]
practice edit 光大模式 --summary 分区管理
= practice edit 'One-way canteen' --summary zones
practice edit 1235工作法 --promoted 3月5日
= practice edit 'Buddy check' --promoted '5 Mar'
[practice list]
practice list
practice list --team 1
[practice show]
practice show 光大模式
= practice show 'One-way canteen'
practice show 1235工作法 --json
= practice show 'Buddy check' --json
[figure]
figure list
figure add 发现问题 80 --source 县委组织部
= figure add found 80 --source county
[figure add]
figure add 发现问题 80 --source 县委组织部
= figure add found 80 --source county
figure add 解决问题 3 --team 3 --as-of 昨天
= figure add solved 3 --team 3 --as-of yesterday
[figure edit]
figure edit county-found --value 74
figure edit county-solved --source 县委组织部
= figure edit county-solved --source county
[figure list]
figure list
figure list --measure 发现问题
= figure list --measure found
[figure show]
figure show county-found
figure show county-found --json
[calendar]
calendar show 2020-04
calendar set 2020-04-26 上班 --source 国办通知
= calendar set 2020-04-26 work --source notice
[calendar show]
calendar show 2020-04
calendar show 2020-05 --format csv
[calendar set]
calendar set 2020-04-26 上班 --source 国办通知
= calendar set 2020-04-26 work --source notice
calendar set 3月28日 休息 --source 县里通知
= calendar set '28 Mar' off --source notice
[calendar recheck]
calendar recheck
calendar recheck --yes
[store]
store info
store backup
[store init]
--store 新台账.db store init
= --store new.db store init
--store 备用.db store init --quiet
= --store spare.db store init --quiet
[store info]
store info
store info --json
[store check]
store check
store check --format csv
[store backup]
store backup
store backup --folder 备份 --keep 7
= store backup --folder backups --keep 7
[store archive]
store archive 归档-2020
= store archive archive-2020
--store ledger.db store archive 移交
= --store ledger.db store archive handover
[store clone]
store clone 三组.db --for 三组
= store clone team3.db --for "team 3"
store clone 出差.db --dry-run
= store clone away.db --dry-run
[store bundle]
store bundle 三组.bundle
= store bundle team3.bundle
store bundle 全部.bundle --all --dry-run
= store bundle all.bundle --all --dry-run
[merge]
merge 副本.db --dry-run
= merge copy.db --dry-run
merge 邻县.bundle --county 邻县 --prefix LX
= merge southmoor.bundle --county Southmoor --prefix SM
[profile]
profile list
profile list --json
[profile list]
profile list
profile list --format csv
[profile delete]
profile delete 某单位
= profile delete District
profile delete 某部门
= profile delete Ministry
[conflict]
conflict list
conflict list --json
[conflict list]
conflict list
conflict list --format csv
[conflict show]
conflict show 3-1
conflict show 3-2 --json
[conflict settle]
conflict settle 3-1 --take 调配口罩
= conflict settle 3-1 --take 'gate book'
conflict settle 3-2 --take 消毒液 --about text --dry-run
= conflict settle 3-2 --take 'half a day' --about text --dry-run
[store restore]
--store 恢复.db store restore 备份.db
= --store restored.db store restore backup.db
store restore 备份.db --force
= store restore backup.db --force
[store upgrade]
store upgrade
store upgrade --quiet
[store export]
store export 全部.jsonl
= store export all.jsonl
store export 全部.jsonl --force
= store export all.jsonl --force
[store import]
--store 新台账.db store import 台账.jsonl
= --store new.db store import ledger.jsonl
--store 另一本.db store import 台账.jsonl
= --store other.db store import ledger.jsonl
[store set]
store set yellow_days 3
store set timezone Asia/Shanghai
"""
"""A command in brackets, then its examples on the ledger of data/seed.yaml. The line behind an equals sign is shown
instead to readers of English: it is about the county of data/sample.en.yaml, and needs no Chinese keyboard."""
