"""Chinese numerals, as people count teams and days with them."""

_DIGITS = ("", *"一二三四五六七八九")
_TENS = ("", "十", *(f"{digit}十" for digit in _DIGITS[2:]))


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese: 三, 十, 二十一; a larger one in digits."""
    return _TENS[number // 10] + _DIGITS[number % 10] if 0 < number < 100 else str(number)  # noqa: PLR2004  (said above)
