"""What commands say of an upgrade, asked for or by itself."""

from fugong.commands.frame.writing import say
from fugong.lang import T


def upgrade(store: str) -> bool:
    """Upgrade a store that an older program made, and say on stderr where it is kept as it was.

    Returns:
        Whether there was anything to do.
    """
    from fugong.keeping.upgrade import upgrade as run

    done = run(store)
    if done:
        say(
            T(
                f"台账已从结构第 {done.before} 版升级到第 {done.after} 版；升级前的备份：{done.backup}",
                f"The store was upgraded from schema {done.before} to {done.after}; as it was before: {done.backup}",
            )
        )
    return done is not None
