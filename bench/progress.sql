-- The progress table as somebody would ask for it in SQL, over the store's views, in one statement.
SELECT t.code, t.name, t.leader, coalesce(f.named, 0), t.expected_enterprises, coalesce(f.resumed, 0),
       count(p.id) AS found,
       count(CASE WHEN p.status = 'closed' THEN 1 END) AS solved,
       count(CASE WHEN p.status IN ('open', 'doing') THEN 1 END) AS in_hand,
       count(CASE WHEN p.status IN ('open', 'doing') AND p.due_on < '2020-03-20' THEN 1 END) AS overdue,
       printf('%.1f%%', 100.0 * count(CASE WHEN p.status = 'closed' THEN 1 END) / count(p.id)) AS rate,
       coalesce(w.publicity, 0), coalesce(w.supervision, 0), coalesce(w.service, 0)
FROM v_team t
LEFT JOIN problem p ON p.team_id = t.team_id AND p.status <> 'void'
LEFT JOIN (SELECT team_id, count(*) AS named, count(CASE WHEN stage IN ('resumed', 'full') THEN 1 END) AS resumed
           FROM v_enterprise GROUP BY team_id) f ON f.team_id = t.team_id
LEFT JOIN (SELECT team_id, count(CASE WHEN role = 'publicity' THEN 1 END) AS publicity,
                  count(CASE WHEN role = 'supervision' THEN 1 END) AS supervision,
                  count(CASE WHEN role = 'service' THEN 1 END) AS service
           FROM v_activity GROUP BY team_id) w ON w.team_id = t.team_id
GROUP BY t.team_id ORDER BY t.team_sort;
