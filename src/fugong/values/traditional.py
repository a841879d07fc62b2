"""Traditional characters of headings, states and marks, as simplified ones; names and texts stay as written."""

_PAIRS = (
    "幫帮組组業业問问題题類类別别現现發发時时間间責责單单門门協协辦办領领導导狀状態态況况進进展展達达標标備备註注說说明明"
    "聯联繫系繋系電电話话號号編编碼码產产復复複复開开關关閉闭銷销驗验收收證证據据報报填填審审核核檢检查查監监督督執执行行"
    "決决處处理理結结果果應应對对措措施施簡简稱称鄉乡鎮镇縣县區区廠厂機机構构負负長长員员職职務务黨党貌貌隊队導导層层級级"
    "總总計计額额數数據据項项目目實实際际計计劃划預预擬拟遲迟延延後后續续從从來来無无沒没暫暂條条個个戶户減减損损優优質质"
    "轉转移移調调協协動动議议評评價价滿满意意訪访回回錄录簽签名名稱称義义該该當当餘余剩剩過过階阶段段穩稳價价貸贷資资"
    "採采購购運运輸输勞劳廢废環环衛卫術术壓压點点園园內内與与並并於于為为這这變变動动規规屬属隱隐患患確确認认詢询"
    "鑑鉴齊齐佈布歸归檔档還还邊边讓让請请誰谁尚尚歷历週周徵征雙双順顺須须繳缴訴诉讀读顯显異异節节處处斷断"
)
_SIMPLIFIED = str.maketrans({_PAIRS[at]: _PAIRS[at + 1] for at in range(0, len(_PAIRS), 2)})


def simplified(text: str) -> str:
    """A text in simplified characters, as far as ledgers' own words go."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)
