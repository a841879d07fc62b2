"""Why a template cannot be used, in words for whoever changed it in Word."""

import re
from zipfile import BadZipFile

from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from fugong.results.notice import Demand, Slip
from fugong.vocab import Words

_MISSING = re.compile(r"has no attribute '(\w+)'|'(\w+)' is undefined")


def reason(error: Exception) -> Words:
    """The reason in one sentence without its end."""
    said = (str(error) or type(error).__name__).splitlines()[0].split(". ")[0].rstrip(".")
    match error:
        case SecurityError():
            return Words("里面有不许用的写法", f"it says what no template may: {said}")
        case UndefinedError() if found := _MISSING.search(said):
            name = found[1] or found[2]
            known = (*Slip._fields, *Demand._fields)
            return Words(
                f"没有「{name}」这一项；有的是 {'、'.join(known)}",
                f"there is no “{name}”; there are {', '.join(known)}",
            )
        case TemplateSyntaxError():
            return Words(f"标签没有写全，或不成对（{said}）", f"a tag is broken or has no other half ({said})")
        case BadZipFile() | KeyError() | OSError():
            return Words("文件已损坏，或不是 Word 文件", "it is damaged, or no Word file")
        case _:
            return Words(f"读不懂（{said}）", f"it cannot be read ({said})")
