"""The sections of the campaign and of the lists."""

from fugong.domain import roster
from fugong.domain.roster import campaign
from fugong.errors.names import NameTaken
from fugong.errors.rules import OtherCounty
from fugong.seed import rows
from fugong.seed.sections.section import Refers, Section, Values, as_stated
from fugong.store.records import Campaign, Record, Term
from fugong.vocab import Kind, ListName


class Campaigns(Section[rows.CampaignRow]):
    """The campaign: one per store."""

    kind = Kind.CAMPAIGN

    def key(self, row: rows.CampaignRow) -> str:
        del row
        return "campaign"

    def find(self, load: Refers, row: rows.CampaignRow) -> Campaign | None:
        del row
        return campaign.find_campaign(load.session)

    def values(self, load: Refers, row: rows.CampaignRow) -> Values:
        del load
        timeline = [[act.on.isoformat(), act.text] for act in row.timeline]
        return as_stated(row, "name", "county", "committee", "remark") | {
            "places": list(row.places),
            "timeline": timeline,
        }

    def create(self, load: Refers, row: rows.CampaignRow, values: Values) -> Record:
        del row
        return campaign.add_campaign(load.writer, **values)

    def update(self, load: Refers, record: Campaign, values: Values) -> None:
        if "county" in values:
            load.stands_at("county")
            raise OtherCounty(held=record.county, given=values["county"])
        super().update(load, record, values)


class Terms(Section[rows.TermRow]):
    """The entries of one list."""

    kind = Kind.TERM

    def __init__(self, list_name: ListName) -> None:
        self.list_name = list_name

    def key(self, row: rows.TermRow) -> str:
        return f"{self.list_name}/{row.code}"

    def find(self, load: Refers, row: rows.TermRow) -> Term | None:
        return load.session.find(Term, list=self.list_name, code=row.code)

    def values(self, load: Refers, row: rows.TermRow) -> Values:
        del load
        return as_stated(row, "code", "zh", "en") | {
            "grp": getattr(row, "group", None),
            "rule": getattr(row, "rule", None),
        }

    def create(self, load: Refers, row: rows.TermRow, values: Values) -> Record:
        self._must_be_free(load, row.zh)
        return roster.add_term(load.writer, self.list_name, **values)

    def update(self, load: Refers, record: Term, values: Values) -> None:
        if "zh" in values:
            self._must_be_free(load, values["zh"])
        super().update(load, record, values)

    def _must_be_free(self, load: Refers, zh: str) -> None:
        taken = load.session.find(Term, list=self.list_name, zh=zh)
        if taken:
            load.stands_at("zh")
            raise NameTaken(kind=self.list_name, name=zh, owner=taken.code)
