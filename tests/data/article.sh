#!/bin/sh
# The whole of data/seed.yaml but its campaign and lists, entered by command, in its order.
# 把 data/seed.yaml 里除专项行动和各种列表以外的全部内容用命令逐条登记。
# Needs a store that holds the campaign and the lists; run by tests/test_article.py.
set -eu

# 责任单位 departments
fugong department add 工信局 --alias 工信 --alias 工业和信息化局 --inferred --note "全称是通行叫法，报道没有用。"
fugong department add 环保分局 --alias 县环保分局 --alias 环保 --alias 环保局 --alias 生态环境分局 --inferred --note "主名取报道的叫法；环保局是旧名，生态环境分局是新名，报道都没有用。"
fugong department add 能源局 --alias 能源 --inferred --note "报道只说“能源”，局名是推断。"
fugong department add 应急局 --alias 应急 --alias 应急管理 --alias 应急管理局 --inferred --note "报道用“应急局”和“应急管理”，全称是推断。"
fugong department add 市场监管局 --alias 市场监管 --alias 市场监督管理局 --inferred --note "报道只说“市场监管”，局名是推断。"
fugong department add 政法委 --alias 政法 --inferred --note "报道只说“政法”，单位名是推断。"
fugong department add 公安局 --alias 公安 --inferred --note "报道只说“公安”，局名是推断。"
fugong department add 教育局 --alias 教育 --inferred --note "报道只说“教育”，局名是推断。"
fugong department add 住建局 --alias 住建 --alias 住房和城乡建设局 --inferred --note "全称是通行叫法，报道没有用。"
fugong department add 卫计局 --alias 卫计 --alias 卫健局 --alias 卫健委 --inferred --note "报道用旧称“卫计”，当地仍这样叫，故作主名；卫健局、卫健委是新名。"
fugong department add 国土局 --alias 自然资源局 --inferred --note "报道用旧名“国土局”，当地仍这样叫，故作主名；自然资源局是新名。"
fugong department add 交通局 --alias 交通 --alias 交通部门 --alias 交通运输局 --inferred --note "报道只说“交通部门”，局名是推断。"
fugong department add 县政府 --alias 襄汾县人民政府 --inferred --note "全称是通行叫法，报道没有用。"
fugong department add 组织部 --alias 组织部门 --alias 县委组织部
fugong department add 景毛乡 --alias 景毛乡政府
fugong department add 陶寺乡 --alias 陶寺乡政府
fugong department add 大邓乡 --alias 大邓乡政府 --inferred --note "报道里只是企业所在地，作责任单位是推断。"
fugong department add 汾城镇 --alias 汾城镇政府 --inferred --note "报道只说“汾城镇”，政府的叫法是推断。"
fugong department add 永固乡 --alias 永固乡政府 --inferred --note "报道里只是企业所在地，作责任单位是推断。"
fugong department add 邓庄卫生院
fugong department add 大邓卫生院
fugong department add 陶寺卫生院
fugong department add 张礼医院

# 帮扶组 teams
fugong team add 1 第一帮扶组 --branch 第一帮扶组临时党支部 --unit 政法 --unit 环保 --unit 公安 --unit 教育 --unit 住建 --unit 卫计 --headcount 8 --expected 6
fugong team add 2 第二帮扶组 --branch 第二帮扶组党支部 --inferred --note "报道只说共建10个支部，一组一个是推断。"
fugong team add 3 第三帮扶组 --branch 第三帮扶组党支部 --expected 4 --inferred --note "一组一个支部是推断。4家企业有5个厂区，具名的3家。"
fugong team add 4 第四帮扶组 --branch 第四帮扶组党支部 --expected 4 --inferred --note "一组一个支部是推断。4家企业都没有具名。"
fugong team add 5 第五帮扶组 --branch 第五帮扶组党支部 --expected 5 --inferred --note "一组一个支部是推断。非煤矿山4家，工业企业1家；有1家矿山没有具名。"
fugong team add 6 第六帮扶组 --branch 第六帮扶组党支部 --expected 4 --inferred --note "一组一个支部是推断。"
fugong team add 7 第七帮扶组 --branch 第七帮扶组党支部 --inferred --note "一组一个支部是推断。报道里只有一条图注说到这个组。"
fugong team add 8 第八帮扶组 --branch 第八帮扶组党支部 --expected 5 --inferred --note "一组一个支部是推断。5家企业具名的只有1家。"
fugong team add 9 第九帮扶组 --branch 第九帮扶组党支部 --inferred --note "一组一个支部是推断。"
fugong team add 10 第十帮扶组 --branch 第十帮扶组党支部 --inferred --note "一组一个支部是推断。"

# 企业 enterprises
fugong enterprise add 临汾万鑫达焦化有限责任公司 --team 1 --alias 万鑫达焦化有限公司 --capacity 210万吨 --workforce 2000余名 --inferred --note "两种写法视为同一家；“万鑫达”另有建滔万鑫达化工，不作简称。"
fugong enterprise add 山西建滔万鑫达化工有限责任公司 --team 1
fugong enterprise add 山西龙智能源化工有限公司 --team 1
fugong enterprise add 襄汾县新金山特钢有限公司 --team 1
fugong enterprise add 襄汾县众泰实业有限公司 --team 1
fugong enterprise add 临汾铁环漆业有限公司 --team 1 --alias 油漆厂 --inferred --note "一组只有这一家做漆，“油漆厂”视为这一家。"
fugong enterprise add 辉瑞制药有限公司 --team 2 --inferred --note "只见于图注，包联关系是推断。"
fugong enterprise add 大地华基公司 --team 2 --inferred --note "二组为它办事，包联关系是推断。"
fugong enterprise add 星原集团 --team 3 --inferred --note "只见于图注，包联关系是推断。"
fugong enterprise add 浦新发电厂 --team 3 --inferred --note "三组为它办事，包联关系是推断。"
fugong enterprise add 凯翔洗煤厂 --team 3 --inferred --note "三组为它办事，包联关系是推断。"
fugong enterprise add 鸿鑫选矿厂 --team 5 --township 大邓乡
fugong enterprise stage 鸿鑫选矿厂 已复工 --on 2020-03-12
fugong enterprise add 亨欣选矿厂 --team 5 --township 大邓乡 --inferred --note "乡镇承前一家推断。"
fugong enterprise stage 亨欣选矿厂 已复工 --on 2020-03-12
fugong enterprise add 襄汾县水泥有限责任公司 --team 5 --alias 陶寺水泥厂 --alias 水泥厂 --township 陶寺乡 --inferred --note "同在陶寺，五组又只有一家水泥企业，“陶寺水泥厂”视为这一家。"
fugong enterprise stage 襄汾县水泥有限责任公司 已复工 --on 2020-03-12
fugong enterprise add 恒鑫矿业公司 --team 5 --alias 恒鑫铁矿 --inferred --note "筹备复产见图注；包联关系和“恒鑫铁矿”就是这一家，都是推断。与亨欣同音，不是一家。"
fugong enterprise stage 恒鑫矿业公司 筹备 --on 2020-03-12
fugong enterprise add 荣世达机械铸造有限公司 --team 6 --alias 荣世达铸造公司 --township 汾城镇 --inferred --note "两种写法视为同一家。"
fugong enterprise add 欣泽隆阀业有限公司 --team 6 --township 汾城镇
fugong enterprise add 强盛铁合金厂 --team 6 --township 汾城镇
fugong enterprise add 中升钢铁有限公司 --team 6 --alias 中升钢铁公司 --township 永固乡 --inferred --note "两种写法视为同一家。"
fugong enterprise add 沃莱姆公司 --team 7
fugong enterprise add 宏源二公司 --team 8 --inferred --note "只见于图注，包联关系是推断。"
fugong enterprise add 热力公司 --team 9 --inferred --note "九组为它办事，包联关系是推断。"
fugong enterprise add 兴盛混凝土公司 --team 9 --inferred --note "九组为它办事，包联关系是推断。"
fugong enterprise add 光大焦化气源有限公司 --team 10 --alias 光大公司 --alias 光大 --inferred --note "简称和包联关系是推断；四组观摩、县领导检查也到过这家。"
fugong enterprise add 山西恒泰制动器股份有限公司 --team 10 --inferred --note "十组在这里推广做法，包联关系是推断。"

# 组员 members
fugong member add 徐建峰 --team 1 --duty 组长
fugong member add 徐宏 --team 1 --unit 县环保分局 --post 团支部书记 --duty 组员 --duty 安全员 --enterprise 临汾万鑫达焦化有限责任公司
fugong member add 崔丽琴 --team 1 --unit 邓庄卫生院 --post 主管护师 --duty 组员
fugong member add 梁军平 --team 3 --duty 组长

# 问题 problems
fugong log 临汾万鑫达焦化有限责任公司 "施工队因疫情没有返岗，工程急待复工" --category 复工准备 --department 卫计局 --on 2020-03-12 --approx --key wanxinda-crew --inferred --note "企业按徐宏所包的一家记；结果未载明，按办理中记；卫计是请来指导的，记作责任单位是推断。"
fugong note 1-1 "向上级汇报，请卫计部门指导" --on 2020-03-12 --approx
fugong note 1-1 "帮企业评估风险，拟出返程方案和防控办法" --on 2020-03-12 --approx
fugong log 临汾万鑫达焦化有限责任公司 "4辆自备车等着启用，接送职工" --category 生产要素 --department 工信局 --assist 交通局 --on 2020-03-12 --approx --key wanxinda-vehicles --inferred --note "企业按徐宏所包的一家记；结果未载明，按办理中记；主办、协办按文中先后。"
fugong note 1-2 "在现场联系工信、交通两部门" --on 2020-03-12 --approx
fugong log 临汾铁环漆业有限公司 流动资金紧缺 --category 生产要素 --on 2020-03-12 --approx --key tiehuan-capital --inferred --note "原文只说油漆厂，视为铁环漆业；结果未载明，按办理中记。"
fugong note 1-3 "已请示县上，并找镇里和有关部门" --on 2020-03-12 --approx
fugong log - 人员管控难 --team 1 --category 外来人员 --on 2020-03-12 --approx --key team1-personnel --inferred --note "企业没有具名；类别是归类；结果未载明，按办理中记。"
fugong note 1-4 "进厂上工地查看，与企业的人一起办" --on 2020-03-12 --approx
fugong log 大地华基公司 "石料厂没有开工，原材料不足" --category 生产要素 --department 应急局 --assist 国土局 --assist 工信局 --on 2020-03-12 --approx --key dadihuaji-quarry --inferred --note "两件事原文一句说完，记作一条；结果未载明，按办理中记；主办、协办按文中先后。"
fugong note 2-1 "多次找应急、国土、工信部门协调" --on 2020-03-12 --approx
fugong log - "全面核查发现的问题之一（内容未载明）" --team 3 --source 入企检查 --on 2020-03-12 --approx --key team3-finding-1 --note "原文只有条数：发现2条，整改2条；企业和内容都没有写。"
fugong close 3-1 --how 已整改 --on 2020-03-12 --approx
fugong log - "全面核查发现的问题之二（内容未载明）" --team 3 --source 入企检查 --on 2020-03-12 --approx --key team3-finding-2 --note "原文只有条数：发现2条，整改2条；企业和内容都没有写。"
fugong close 3-2 --how 已整改 --on 2020-03-12 --approx
fugong log 宏源二公司 "疫情防控有问题（内容未载明）" --source 入企检查 --on 2020-03-12 --approx --key hongyuan2-control --inferred --note "见图注；由帮扶组通报，来源按入企检查记；整改结果和期限未载明，按办理中记。"
fugong note 8-1 "已通报法人代表，签了整改责任书" --on 2020-03-12 --approx
fugong log 热力公司 口罩短缺 --category 防控物资 --department 工信局 --on 2020-03-12 --approx --key reli-masks
fugong close 9-1 --how "对接工信局，调配口罩500只" --on 2020-03-12 --approx
fugong log 兴盛混凝土公司 "建筑工地没有全部复工，厂里不能满产" --category 生产要素 --department 住建局 --on 2020-03-12 --approx --key xingsheng-part-load --inferred --note "类别是归类；结果未载明，按办理中记。"
fugong note 9-2 "与住建局联系，盯住工地复工进度，随时告知企业" --on 2020-03-12 --approx
fugong note 9-2 "县政府派专车接回工地职工，已告知企业" --on 2020-03-12 --approx
fugong log 兴盛混凝土公司 资金短缺 --category 生产要素 --on 2020-03-12 --approx --key xingsheng-funds --inferred --note "原文承前省略企业名；结果和金额未载明，按办理中记。"
fugong note 9-3 "经有关部门牵线，与银行对接" --on 2020-03-12 --approx

# 工作记录 activities
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
