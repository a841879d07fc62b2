"""Refusals of stores, backups and settings."""

from fugong.errors import Refusal
from fugong.vocab import ExitCode


class StoreMissing(Refusal):
    """There is no store at that place."""

    code = "store_missing"
    exit_code = ExitCode.UNUSABLE
    zh = "{path} 还没有台账。新建一个：fugong init；或装入数据文件：fugong load 数据文件（--store 照样写上）"
    en = "There is no store at {path}. Make one: fugong init, or fugong load FILE.yaml (with the same --store)"


class StoreUnnamed(Refusal):
    """``--store`` was given an empty value, as when a script's variable is not set."""

    code = "store_unnamed"
    zh = "--store 后面是空的，不知道要用哪个台账。请写文件或网址；要用自己的台账就不写 --store。"
    en = "--store is empty. Name the file or the URL of a store, or leave --store out for your own."


class StoreUnplaced(Refusal):
    """Nobody said where the store is, and the user has no home folder."""

    code = "store_unplaced"
    exit_code = ExitCode.UNUSABLE
    zh = "找不到您的个人文件夹。请用 --store 或 FUGONG_STORE 写明台账在哪里。"
    en = "Your home folder cannot be found. Say where the store is with --store or FUGONG_STORE."


class StoreExists(Refusal):
    """``store init`` never touches what is there."""

    code = "store_exists"
    zh = "{path} 已经存在，没有改动它。"
    en = "{path} exists already and was left alone."


class StoreInPlace(StoreExists):
    """A backup does not replace a store unasked."""

    code = "store_in_place"
    zh = "{path} 已经存在，没有改动它。要换成备份请加 --force，原来的会留在旁边。"
    en = "{path} exists already and was left alone. To replace it by the backup add --force; it is kept beside."


class StoreForeign(Refusal):
    """The file is not a fugong store."""

    code = "store_foreign"
    exit_code = ExitCode.UNUSABLE
    zh = "{path} 不是 fugong 的台账，没有改动它。请检查 --store 或 FUGONG_STORE。"
    en = "{path} is not a fugong store and was left alone. Check --store or FUGONG_STORE."


class StoreNewer(Refusal):
    """A newer program wrote the store."""

    code = "store_newer"
    exit_code = ExitCode.UNUSABLE
    zh = "{path} 是更新版本的 fugong 写的（结构第 {version} 版，本程序只认到第 {known} 版）。请升级程序。"
    en = "{path} was written by a newer fugong (schema {version}; this program knows {known}). Upgrade the program."


class StoreOlder(Refusal):
    """An older program wrote the store, and it was not upgraded: only where it cannot be written."""

    code = "store_older"
    exit_code = ExitCode.UNUSABLE
    zh = (
        "{path} 是旧版本的 fugong 写的（结构第 {version} 版，本程序用第 {known} 版），要先升级：fugong store upgrade。"
        "文件和所在的文件夹须能写；只读的请先复制到能写的地方，再用 --store 指到那里。"
    )
    en = (
        "{path} was written by an older fugong (schema {version}; this program uses {known}). Upgrade it first: "
        "fugong store upgrade. The file and its folder must be writable; copy a read-only one to a place that is, "
        "and name that with --store."
    )


class StoreUnusable(Refusal):
    """The store cannot be opened, read or written."""

    code = "store_unusable"
    exit_code = ExitCode.UNUSABLE
    zh = "台账 {path} 用不了：{reason}。"
    en = "The store {path} cannot be used: {reason}."


class StoreBusy(Refusal):
    """Somebody else held the store's lock for too long; nothing was written."""

    code = "store_busy"
    exit_code = ExitCode.BUSY
    zh = "台账正被别的程序占用，这次什么也没有写入。请稍后再试。"
    en = "Another program is using the store; nothing was written. Try again in a moment."


class StoreDoubtful(Refusal):
    """The disk failed after the last write: it is in the store, but a power cut may take it away."""

    code = "store_doubtful"
    exit_code = ExitCode.UNUSABLE
    zh = (
        "磁盘在最后一步出错：这次的内容已经在台账 {path} 里，但断电可能丢失。请不要重复录入，先查看：fugong store check"
    )
    en = (
        "The disk failed at the last step: what you entered is in the store {path}, but a power cut may take it away. "
        "Do not enter it again; look first: fugong store check"
    )


class BackupBad(Refusal):
    """A backup that cannot be trusted, or a dump that does not fit."""

    code = "backup_bad"
    exit_code = ExitCode.UNUSABLE
    zh = "备份 {path} 不能用：{reason}。台账没有改动。"
    en = "The backup {path} cannot be used: {reason}. The store was left alone."


class ArchiveExists(Refusal):
    """An archive is made in a new folder."""

    code = "archive_exists"
    zh = "{path} 已经存在，没有动它。归档要写进一个还没有的文件夹。"
    en = "{path} exists and was left alone. An archive is made in a folder that is not there yet."


class ArchiveBad(Refusal):
    """What was written of an archive is not what is read back."""

    code = "archive_bad"
    zh = "归档里的 {path} 和目录不符，没有生成归档。磁盘可能有问题，请换一个再试。"
    en = "In the archive, {path} is not as the index has it; no archive was made. Try another disk."
    exit_code = ExitCode.UNUSABLE


class BackupExists(Refusal):
    """Something is at the place of a new backup already; backups never replace anything."""

    code = "backup_exists"
    zh = "{path} 已经存在，没有覆盖。备份不覆盖任何文件，请另起名字。"
    en = "{path} exists and was left alone. A backup replaces nothing: give it another name."


class DumpBad(Refusal):
    """A file to import is not a whole export; nothing was written."""

    code = "dump_bad"
    zh = "{path} 第 {line} 行：{reason}。什么也没有写入。"
    en = "{path}, line {line}: {reason}. Nothing was written."


class StoreNotEmpty(Refusal):
    """``store import`` fills a new or empty store only."""

    code = "store_not_empty"
    zh = "{path} 里已有内容，没有改动它。请用 --store 另写一个新的位置，不必先新建。"
    en = "{path} holds records already and was left alone. Name a new place with --store; it need not be made first."


class UnknownSetting(Refusal):
    """There is no such setting."""

    code = "unknown_setting"
    zh = "没有「{name}」这项设置。可以设：{candidates}。"
    en = "There is no setting “{name}”. Settings: {candidates}."


class MomentsPublished(Refusal):
    """What was published as of a time of day was told in the zone that was set then."""

    code = "moments_published"
    zh = "公布过某一时刻的数字（{names}），那是按 {zone} 的时间公布的；改了时区，同一时刻的数字就变了，所以不能再改。"
    en = (
        "Figures of a time of day were published ({names}), as of that time in {zone}: in another zone they would "
        "change, so it stays."
    )


class BadSetting(Refusal):
    """The value does not fit the setting."""

    code = "bad_setting"
    zh = "设置 {name} 不能是「{value}」：{reason}。"
    en = "The setting {name} cannot be “{value}”: {reason}."


class SealUnknown(Refusal):
    """This store never had the seal that was given."""

    code = "seal_unknown"
    zh = (
        "台账从来没有过封签 {seal}：可能抄错了，可能是另一本台账的，也可能这之前的内容已被整个换掉。"
        "请与当时的备份核对：fugong store check --backup 备份文件"
    )
    en = (
        "The store never had the seal {seal}: it may be mistyped, or another ledger's, or all that came before was "
        "replaced. Compare with a backup of that time: fugong store check --backup FILE"
    )


class SettingDamaged(Refusal):
    """A setting that every store has is gone, or is what it cannot be: another hand changed the store."""

    code = "setting_damaged"
    exit_code = ExitCode.UNUSABLE
    zh = (
        "台账用不了：设置 {name} 被人从外面改坏了（{reason}）。"
        "先用 fugong store check 看还缺什么，再用备份恢复：fugong store restore 备份文件 --force。"
    )
    en = (
        "The store cannot be used: something other than fugong damaged its setting {name} ({reason}). "
        "See what else with fugong store check, then restore a backup: fugong store restore FILE --force."
    )


class StoreAgain(StoreBusy):
    """The server took the whole transaction back; running it again may do."""


class StoreUnreachable(Refusal):
    """No database server answers."""

    code = "store_unreachable"
    exit_code = ExitCode.BUSY
    zh = "数据库服务器没有应答（{path}），这次什么也没有写入。请检查网络和地址，稍后再试。"
    en = "No database server answers at {path}; nothing was written. Check the address, or try again in a moment."


class StoreHeadless(StoreUnreachable):
    """Of several hosts some answer, but none is the primary: one may be about to take its place."""

    zh = "{path} 几台服务器里现在没有可用的主服务器（也许正在切换），这次什么也没有写入。请稍后再试。"
    en = "None of the servers {path} is the primary now; one may be taking over. Nothing was written; try again."


class StoreUncertain(StoreDoubtful):
    """The connection broke during the commit, and the server cannot be asked how it ended."""

    zh = (
        "提交时与数据库服务器（{path}）断开了，也问不到结果：不知道写入了没有。请不要马上重复录入，"
        "服务器恢复后先查看：fugong today"
    )
    en = (
        "The connection to {path} ended during the commit, and nobody can say how: it may or may not be written. "
        "Do not enter it again at once; when the server is back, look first: fugong today"
    )


class DriverMissing(Refusal):
    """What speaks to a database server is an extra."""

    code = "driver_missing"
    exit_code = ExitCode.UNUSABLE
    zh = "这台电脑还没有装连接 PostgreSQL 的部件，请装上：{install}。离线安装包里都有。"
    en = "The part that speaks to PostgreSQL is not installed here. Install it: {install}. The offline kits have it."


class EncryptionMissing(Refusal):
    """What encrypts files is an extra."""

    code = "encryption_missing"
    zh = "这台电脑还没有装加密的部件，请装上：{install}"
    en = "The part that encrypts files is not installed here. Install it: {install}"


class StoreNoFile(Refusal):
    """A file was wanted, and the store is in a database."""

    code = "store_no_file"
    zh = "{path} 是数据库，不是文件。请用 fugong store export 导出、pg_dump 备份（见 docs/postgresql.md）。"
    en = "{path} is a database, not a file. Use fugong store export, or pg_dump for backups (docs/postgresql.md)."


class PasswordShown(Refusal):
    """A password on the command line can be seen by everybody on the machine."""

    code = "password_shown"
    zh = "命令行里不能写密码，同机的人都看得见。请把密码放进 ~/.pgpass 或服务文件，或用 FUGONG_STORE 给出网址。"
    en = (
        "A password does not belong on the command line, where everybody on the machine sees it. "
        "Put it into ~/.pgpass or a service file, or give the URL in FUGONG_STORE."
    )
