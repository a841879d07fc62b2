-- The ledger as fugong export writes it, as somebody would ask for it in SQL: the same columns, order and words.
SELECT row_number() OVER (ORDER BY team_sort, number) AS "序号", id AS "编号", team_name AS "帮扶组", enterprise AS "企业名称", township AS "乡镇",
  CASE source WHEN 'inspection' THEN '检查发现' WHEN 'enterprise' THEN '企业反映' WHEN 'assigned' THEN '上级交办' END AS "问题来源",
  category_zh AS "问题类别", text AS "问题描述", found_on AS "提出日期", department AS "责任单位", assist AS "协办单位", person AS "责任人",
  how AS "整改(解决)措施", due_on AS "整改时限",
  CASE status WHEN 'open' THEN '待办' WHEN 'doing' THEN '办理中' WHEN 'closed' THEN '已销号' END || coalesce('：' || (SELECT e.text FROM v_event e WHERE e.subject = v.uid AND e.act = 'note'
    AND NOT EXISTS (SELECT 1 FROM batch b JOIN batch u ON u.undoes_id = b.id WHERE b.uid = e.batch) ORDER BY e.on_date DESC, e.event_id DESC LIMIT 1), '') AS "进展情况",
  closed_on AS "办结日期", CASE verified WHEN 'ok' THEN '属实' WHEN 'fail' THEN '不属实' END AS "验收/回访情况",
  CASE satisfaction WHEN 'satisfied' THEN '满意' WHEN 'fair' THEN '基本满意' WHEN 'unsatisfied' THEN '不满意' END AS "满意度",
  CASE WHEN status = 'closed' THEN '是' ELSE '否' END AS "是否销号", closed_on AS "销号日期",
  CASE WHEN status = 'closed' THEN '绿' WHEN due_on IS NULL THEN '灰' WHEN due_on < '2020-03-20' THEN '红' WHEN due_on <= '2020-03-24' THEN '黄' ELSE '绿' END AS "亮灯",
  remark AS "备注", CASE WHEN approximate THEN '是' ELSE '否' END AS "日期约数", CASE WHEN due_estimated THEN '是' ELSE '否' END AS "时限推算", uid AS "唯一标识"
FROM v_problem v WHERE status <> 'void' ORDER BY team_sort, number
