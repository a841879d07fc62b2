"""Refusals of bundles and merges: nothing was written."""

from fugong.errors import Refusal


class BundleBad(Refusal):
    """It is no bundle, or not whole."""

    code = "bundle_bad"
    zh = "{path} 不能合并：{reason}。什么也没有写入；请对方重做一份：fugong store bundle 文件"
    en = "{path} cannot be merged: {reason}. Nothing was written; ask for another: fugong store bundle FILE"


class BundleNewer(Refusal):
    """Another schema wrote it."""

    code = "bundle_schema"
    zh = (
        "{path} 是结构第 {schema} 版的，本程序用第 {known} 版。什么也没有写入；请两边用同一版本的 fugong，"
        "再请对方重做一份：fugong store bundle 文件"
    )
    en = (
        "{path} is of schema {schema}, and this program uses {known}. Nothing was written; use one version of fugong "
        "on both sides, then ask for another: fugong store bundle FILE"
    )


class MergeGap(Refusal):
    """Commands are missing between what is here and what it brings."""

    code = "merge_gap"
    zh = (
        "{path} 接不上，缺：{missing}。什么也没有写入；请先合并那几次操作所在的合并包，"
        "或请对方做一份全的再合并：fugong store bundle 文件 --all"
    )
    en = (
        "{path} does not join; missing: {missing}. Nothing was written; merge the bundles that hold these first, or "
        "ask for one that holds all: fugong store bundle FILE --all"
    )


class MergeBroken(Refusal):
    """A hash or digest is not that of what it stands for."""

    code = "merge_broken"
    zh = (
        "{path} 里{command}被改动过，或传坏了（{reason}）。什么也没有写入；"
        "请对方重做一份：fugong store bundle 文件 --all"
    )
    en = (
        "{path}: {command} was altered, or damaged on the way ({reason}). Nothing was written; ask for another: "
        "fugong store bundle FILE --all"
    )


class NotMergeable(Refusal):
    """A file that is nothing which could be merged."""

    code = "not_mergeable"
    zh = (
        "{path} 不是台账、备份，也不是合并包。什么也没有写入；请核对是不是拿错了文件。合并包由对方做："
        "fugong store bundle 文件"
    )
    en = (
        "{path} is neither a store, nor a backup, nor a bundle. Nothing was written; see whether it is the right file. "
        "A bundle is made by: fugong store bundle FILE"
    )


class MergeStranger(Refusal):
    """A replica that did not grow from this ledger."""

    code = "merge_stranger"
    zh = (
        "{path} 里的副本 {replica} 不是由这本台账做出来的。什么也没有写入；请核对是不是拿错了文件，"
        "确实要合进来，请加 --accept {replica}"
    )
    en = (
        "{path}: replica {replica} did not grow from this ledger. Nothing was written; see whether it is the right "
        "file. If it is to come in all the same: --accept {replica}"
    )


class MergeClash(Refusal):
    """Two records would be known by one name."""

    code = "merge_clash"
    zh = "合不到一起：两边的{kind}「{one}」和「{other}」会同名。什么也没有写入；请先在一边改名，再合并。"
    en = "The {kind} “{one}” and “{other}” would have one name. Nothing was written; rename one of them, then merge."


class MergeSelf(Refusal):
    """The store was to be merged into itself."""

    code = "merge_self"
    zh = "{path} 就是这本台账自己。什么也没有写入；请写对方发来的文件：fugong merge 文件"
    en = "{path} is this very store. Nothing was written; name the file that came from elsewhere: fugong merge FILE"


class OtherLedger(Refusal):
    """It came in before as that of another county, or as a copy of this very ledger."""

    code = "other_ledger"
    zh = "{path} 以前合进来时不是这个县的。什么也没有写入；请核对 --county，看有哪些县：fugong store info"
    en = "{path} came in before as not of this county. Nothing was written; check --county (fugong store info)."


class CountyUnsaid(Refusal):
    """A county needs a name and a prefix when it first comes in."""

    code = "county_unsaid"
    zh = "县第一次合进来，名称和前缀都要写：--county 襄汾县 --prefix XF（前缀是一到三个大写字母，不能和别的县重）"
    en = (
        "A county that comes in for the first time needs both: --county Northmoor --prefix NM "
        "(one to three capitals that no other county has)"
    )


class CityNotCloned(Refusal):
    """Two stores would write for one county."""

    code = "city_not_cloned"
    zh = (
        "这是市里的台账，合进来的有 {counties}，不做副本：发回县里的只能出自一本。给别人看，用 fugong store backup；"
        "几个人一起用，放到 PostgreSQL。"
    )
    en = (
        "This is a city's store ({counties} came into it), and no copy of it is made: what goes back to a county comes "
        "from one store. For others to read, hand out a backup (fugong store backup); for several to work in, keep it "
        "on PostgreSQL."
    )


class CountyOwn(Refusal):
    """Roster, lists and new entries of a county are its own."""

    code = "county_own"
    zh = (
        "{record} 是{county}自己的：市里可以记录、催办、上报、延期、销号、审核、回访、重开、附文件，"
        "更正、撤销自己办的，别的由县里改了再合进来。"
    )
    en = (
        "{record} is {county}'s own. The city may note, chase, escalate, extend, close, review, verify, reopen, attach "
        "files, and correct or undo what it did itself; what else changes is entered in the county and merged."
    )


class SeveralCounties(Refusal):
    """One command would write to the histories of several counties."""

    code = "several_counties"
    zh = "一次只能写一个县的（这里有：{counties}）。请分开写。"
    en = "One command writes for one county (here: {counties}). Say them one by one."


class NoConflict(Refusal):
    """Nothing is in conflict there."""

    code = "no_conflict"
    zh = "{id} 没有待裁定的冲突{what}。用 fugong conflict list 查看。"
    en = "{id} has no open conflict{what}; see fugong conflict list."


class NoSide(Refusal):
    """No side of the conflict is called that."""

    code = "no_side"
    zh = "「{given}」不是 {id} 的一方。可以选：{candidates}。各方怎么说：fugong conflict show {id}；都不对就直接改。"
    en = (
        "“{given}” is not a side of {id}. Take one of: {candidates}. See what they say: fugong conflict show {id}; "
        "if none is right, change it."
    )


class Twins(Refusal):
    """Two records have one name, and neither is wrong."""

    code = "twins"
    zh = (
        "{name} 和另一条同名，没有哪一方可取：把其中一条改名（如 fugong enterprise edit {name} --name 新名称），"
        "两家企业其实是一家的，用 fugong enterprise join 合成一家。"
    )
    en = (
        "{name} has the name of another, so there is no side to take: rename one (as with fugong enterprise edit "
        "{name} --name NEW); of firms that are one, fugong enterprise join."
    )


class RetiredMeanwhile(Refusal):
    """A problem was logged for an enterprise that was retired elsewhere, and neither is wrong by itself."""

    code = "retired_meanwhile"
    zh = (
        "{id} 的企业已在另一处停用。两样都对，取 {side}；企业其实还在，用 fugong enterprise restore {name}；"
        "这条不该有，用 fugong void {id} --why 原因。"
    )
    en = (
        "The enterprise of {id} was retired elsewhere. If both are right, take {side}; if it is in service still, "
        "fugong enterprise restore {name}; if the problem is not, fugong void {id} --why TEXT."
    )


class InConflict(Refusal):
    """It is in conflict, which has to be settled first."""

    code = "in_conflict"
    zh = "{id} 有冲突待裁定，先裁定再撤销：fugong conflict show {id}"
    en = "{id} is in conflict; settle that before undoing: fugong conflict show {id}"


class NoCopy(Refusal):
    """No copy is called that."""

    code = "no_copy"
    zh = "没有给「{name}」的副本。有：{candidates}。用 fugong store info 查看。"
    en = "No copy is called “{name}”. There are: {candidates}; see fugong store info."
