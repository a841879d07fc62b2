#!/bin/sh
# The work, milestones, practices and published figures of data/seed.yaml, entered by command, in its order.
# 把 data/seed.yaml 里的工作记录、达标事项、做法和公布口径用命令逐条登记。台账里要先有名单和各种列表。
# Needs a store that holds the campaign, the lists, departments, teams and enterprises; run by tests/test_article_work.py.
set -eu

# 工作记录里提到的一个问题：9-1 the one problem that an activity is linked to
fugong log 热力公司 口罩短缺 --category 防控物资 --department 工信局 --on 2020-03-12 --approx --key reli-masks

# 第1组 team 1
fugong inspection add 临汾万鑫达焦化有限责任公司 入企查看资料 --kind 检查 --on 2020-03-12 --approx --note "见图注。" --key wanxinda-papers
# 第2组 team 2
fugong support add 辉瑞制药有限公司 - "入企帮扶（内容未载明）" --on 2020-03-12 --approx --note "见图注；方式没有写，留空。" --key huirui-support
# 第3组 team 3
fugong inspection add - "全面核查4家企业的5个厂区，查应急预案、物资储备和各类台账" --team 3 --kind 核查 --on 2020-03-12 --approx --note "查出的2条另记为问题。" --key team3-audit
fugong support add 浦新发电厂 物资 "调配口罩，供在厂职工使用" --item 口罩 --quantity 1000 --unit 只 --on 2020-03-12 --approx --key puxin-masks
fugong support add 凯翔洗煤厂 许可 "讲清复工流程，催有关部门快批" --on 2020-03-12 --approx --key kaixiang-approval
fugong support add 凯翔洗煤厂 原料 帮助解决原煤 --item 原煤 --quantity 1000 --unit 吨 --on 2020-03-12 --approx --key kaixiang-coal
fugong inspection add 星原集团 指导出入管理 --kind 检查 --on 2020-03-12 --approx --note "见图注。" --key xingyuan-access
# 第4组 team 4
fugong outreach add 观摩 带4家企业的负责人和防疫联络员观摩 --team 4 --quantity 4 --unit 家 --place 光大焦化气源有限公司 --on 2020-03-12 --approx --note "见图注；4家都没有具名。" --key guangda-visit
fugong inspection add - "守住门岗登记、测温、消毒，督查生产区、办公区、食堂卫生并整改" --team 4 --kind 检查 --on 2020-03-12 --approx --note "企业和整改条数未载明。" --key team4-hygiene
# 第5组 team 5
fugong support add 襄汾县水泥有限责任公司 原料 "多方联系买回原料，每吨比上年省50元" --item 原料 --quantity 6000 --unit 吨 --on 2020-03-12 --approx --inferred --note "原文省略企业名，按上下文推断。" --key cement-materials
fugong support add 襄汾县水泥有限责任公司 销售 "找临汾市政工程公司和搅拌站推销，打开销路" --item 水泥 --quantity 400-500 --unit 吨/天 --on 2020-03-12 --approx --inferred --note "原文省略企业名，五组只有一家水泥企业。" --key cement-sales
fugong support add 襄汾县水泥有限责任公司 党建 "帮建党支部和党群活动室，恢复工会" --on 2020-03-12 --approx --inferred --note "“陶寺水泥厂”视为这一家。" --key cement-party
fugong outreach add 培训 "请大邓、陶寺两家卫生院培训职工" --team 5 --on 2020-03-12 --approx --note "参训企业未载明。" --key team5-training
fugong inspection add 恒鑫矿业公司 规范重庆返岗人员的隔离 --kind 整改 --on 2020-03-12 --approx --inferred --note "“恒鑫铁矿”视为这一家；由“规范”推断为整改。" --key hengxin-quarantine
fugong support add - 物资 "为矿山储备物资找工信局和供货商；与陶寺乡辅导防控，示范登记、测温、消毒" --team 5 --from 工信局 --on 2020-03-12 --approx --note "矿山企业没有具名。" --key mines-supplies
fugong inspection add - 就设三有三室一区和复工提出要求 --team 5 --kind 整改 --item 要求措施 --quantity 8 --unit 个方面 --on 2020-03-12 --approx --note "铁矿企业没有具名。" --key iron-requirements
fugong outreach add 标语 指导更换标语 --team 5 --item 标语 --quantity 21 --unit 条 --on 2020-03-12 --approx --note "企业没有具名。" --key iron-slogans
fugong outreach add 资料 指导更换知识版面 --team 5 --item 版面 --quantity 26 --unit 块 --on 2020-03-12 --approx --note "企业没有具名。" --key iron-boards
fugong inspection add 恒鑫矿业公司 查看复产筹备 --kind 检查 --on 2020-03-12 --approx --note "见图注。" --key hengxin-preparation
# 第6组 team 6
fugong outreach add 资料 "发放防疫读本和广播录音，编企业篇、员工篇顺口溜" --team 6 --item 读本 --quantity 100 --unit 本 --on 2020-03-12 --approx --note "发给哪几家未载明。" --key team6-readers
fugong support add 荣世达机械铸造有限公司 准备 指导联合党支部和工会定防控方案 --on 2020-03-12 --approx --key rongshida-plan
fugong support add 荣世达机械铸造有限公司 党建 请汾城镇帮企业早建工会 --from 汾城镇 --on 2020-03-12 --approx --note "结果未载明。" --key rongshida-union
fugong support add 中升钢铁有限公司 准备 "指导党支部和工会定防控方案；到岗前班组培训现场" --on 2020-03-12 --approx --note "班组培训见图注。" --key zhongsheng-plan
# 第7组 team 7
fugong support add 沃莱姆公司 用工 "“点对点”接送职工进厂" --on 2020-03-12 --approx --note "见图注；人数、起止未载明。" --key wolaimu-commute
# 第8组 team 8
fugong inspection add - "逐家落实三室一区，检验应急方案，抽问防护知识" --team 8 --kind 检查 --item 三室一区 --quantity 5 --unit 家 --on 2020-03-12 --approx --note "截至3月12日5家全部设立；企业没有一一具名。" --key team8-three-rooms
# 第9组 team 9
fugong support add 热力公司 物资 调配口罩 --item 口罩 --quantity 500 --unit 只 --from 工信局 --problem 9-1 --on 2020-03-12 --approx --key reli-masks-delivery
fugong inspection add - "2月28日会后每天入企，查预案、缺勤外出、来人来车登记和司机零接触，限时整改" --team 9 --kind 检查 --on 2020-03-12 --approx --note "每天都做，日期按截止日记；查出的条数未载明。" --key team9-daily-check
fugong outreach add 培训 "群发防疫知识和申报通知，讲惠企政策，贴海报，教配消毒液和洗手，请护士长辅导" --team 9 --from 张礼医院 --guest 贾雪娟 --on 2020-03-12 --approx --note "资料、通知、培训合记一条，方式取培训。护士长是请来的，不是组员。" --key team9-outreach
# 第10组 team 10
fugong inspection add 光大焦化气源有限公司 实地查看防疫物资储备 --kind 检查 --on 2020-03-12 --approx --note "见图注。" --key guangda-supplies
fugong outreach add 山西恒泰制动器股份有限公司 培训 "开岗前培训会，推广埠瑞联特的对比式安全教育" --on 2020-03-12 --approx --note "培训会开在哪一家未载明；推广是在恒泰。" --key hengtai-training

# 达标事项 milestones
fugong milestone add 宏源二公司 整改责任书 --on 2020-03-12 --approx
fugong milestone add 襄汾县水泥有限责任公司 党支部 --on 2020-03-12 --approx --inferred --note "“陶寺水泥厂”视为这一家。"
fugong milestone add 襄汾县水泥有限责任公司 工会 --on 2020-03-12 --approx --inferred --note "“陶寺水泥厂”视为这一家；工会是恢复，不是新建。"
fugong milestone add 襄汾县水泥有限责任公司 党群活动室 --on 2020-03-12 --approx --inferred --note "“陶寺水泥厂”视为这一家。"
fugong milestone add 荣世达机械铸造有限公司 防控方案 --on 2020-03-12 --approx
fugong milestone add 荣世达机械铸造有限公司 工会 --on 2020-03-12 --approx --pending --inferred --note "只说请镇里尽快建，没有说建成，按未完成记。"
fugong milestone add 中升钢铁有限公司 防控方案 --on 2020-03-12 --approx

# 做法 practices
fugong practice add 光大模式 --origin 光大焦化气源有限公司 --promoted 2020-03-06 --inferred --note "出自光大是按名称推断；内容和各组怎样采用都没有写。"
fugong practice add 1235工作法 --origin 第一帮扶组 --summary "一个关系（防疫与复工两不误）；两个作用（思想工作、典型）；三个结合（分工与协同、全面与重点、监督与解难）；五字（严、实、细、勤、好）"
fugong practice adopt 1235工作法 --team 1
fugong practice add 对比式安全教育 --origin 临汾市埠瑞联特煤矿机电公司 --summary "员工先预判岗位安全，再听专业人员讲规范，然后对照找隐患、找差距" --note "来源企业归哪个组未载明，不列入企业一节。"
fugong practice adopt 对比式安全教育 山西恒泰制动器股份有限公司

# 公布口径 published figures
fugong figure add found 73 --unit 个 --as-of 2020-03-12 --source 临汾新闻网 --note "原文写“目前”，没有日期。" --key county-found
fugong figure add solved 59 --unit 个 --as-of 2020-03-12 --source 临汾新闻网 --note "原文写“目前”，没有日期。" --key county-solved
fugong figure add in_hand 14 --unit 个 --as-of 2020-03-12 --source 临汾新闻网 --note "原文写“目前”，没有日期。" --key county-in-hand
fugong figure add resumed 32 --unit 家 --as-of 2020-03-12 --source 临汾新闻网 --note "指导复工的规上企业数，不是包联数；原文写“目前”，没有日期。" --key county-resumed
fugong figure add teams 10 --unit 支 --as-of 2020-03-12 --source 临汾新闻网 --key county-teams
fugong figure add branches 10 --unit 个 --as-of 2020-03-12 --source 临汾新闻网 --key county-branches
fugong figure add people 64 --unit 名 --as-of 2020-03-12 --source "临汾新闻网（成员）" --note "出现两次；与另一处的68不一致，原文没有解释。" --key county-people-64
fugong figure add people 68 --unit 名 --as-of 2020-03-12 --source "临汾新闻网（入企人员）" --note "出现一次；与另两处的64不一致，原文没有解释。" --key county-people-68
fugong figure add people 8 --team 1 --unit 名 --as-of 2020-03-12 --source 临汾新闻网 --key team1-people
fugong figure add party_members 7 --team 1 --unit 名 --as-of 2020-03-12 --source 临汾新闻网 --key team1-party-members
fugong figure add activists 1 --team 1 --unit 名 --as-of 2020-03-12 --source 临汾新闻网 --key team1-activists
fugong figure add found 2 --team 3 --unit 条 --as-of 2020-03-12 --source 临汾新闻网 --note "原文写“截至目前”，没有日期。" --key team3-found
fugong figure add solved 2 --team 3 --unit 条 --as-of 2020-03-12 --source 临汾新闻网 --note "原文写“截至目前”，没有日期。" --key team3-solved
fugong figure add enterprises 4 --team 3 --unit 家 --as-of 2020-03-12 --source 临汾新闻网 --key team3-enterprises
fugong figure add sites 5 --team 3 --unit 个 --as-of 2020-03-12 --source 临汾新闻网 --key team3-sites
fugong figure add milestone 5 --team 8 --milestone 三室一区 --unit 家 --as-of 2020-03-12 --source 临汾新闻网 --key team8-three-rooms-done
