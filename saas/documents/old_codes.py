"""Characters that older machines kept under private numbers, and the numbers Unicode gave them since.

GB 18030-2000 and GB 18030-2005 had no numbers for some of the characters of GBK and put them into the private area;
GB 18030-2022 names the ones that took their places. A private number prints as a box or, worse, as something else.
"""

FIRST_IN_ORDER = 0xE815
IN_ORDER = (
    "2E81 20087 20089 200CC 2E84 3473 3447 2E88 2E8B 9FB4 359E 361A 360E 2E8C 2E97 396E 3918 9FB5 39CF 39DF "
    "3A73 39D0 9FB6 9FB7 3B4E 3C6E 3CE0 2EA7 215D7 9FB8 2EAA 4056 415F 2EAE 4337 2EB3 2EB6 2EB7 2298F 43B1 "
    "43AC 2EBB 43DD 44D6 4661 464C 9FB9 4723 4729 477C 478D 2ECA 4947 497A 497D 4982 4983 4985 4986 499F "
    "499B 49B7 49B6 9FBA 241FE 4CA3 4C9F 4CA0 4CA1 4C77 4CA2 4D13 4D14 4D15 4D16 4D17 4D18 4D19 4DAE 9FBB"
)
OTHERS = {
    **dict(zip(range(0xE78D, 0xE794), (0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16), strict=True)),
    **dict(zip(range(0xE794, 0xE797), (0xFE17, 0xFE18, 0xFE19), strict=True)),
    **dict(zip(range(0xE7C7, 0xE7C9), (0x1E3F, 0x01F9), strict=True)),
    **dict(zip(range(0xE7E7, 0xE7F4), (0x303E, *range(0x2FF0, 0x2FFC)), strict=True)),
}
MOVED = OTHERS | {FIRST_IN_ORDER + place: int(number, 16) for place, number in enumerate(IN_ORDER.split())}
"""The right number of each private one."""

PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))


def is_private(point: int) -> bool:
    """Whether a number has no meaning but what one machine gives it."""
    return any(point in area for area in PRIVATE)
