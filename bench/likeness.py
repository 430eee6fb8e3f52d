"""How long it takes to find whom a new name looks like among 50,000 organizations: `bench/likeness.py`.

Made in a throw-away database on disk; also says how many of the made-up fakes were found, and how many honest names
were stopped.
"""

import argparse
import random
import statistics
import time

from own_portal import portal_of_its_own

FORMS = ("Công ty Cổ phần", "Công ty TNHH", "Công ty TNHH MTV", "Hợp tác xã", "Tập đoàn", "Trường Đại học", "Hội")
SAID = """
an bình minh long phú quý thành công đại việt nam hải sơn hà thái dương tân tiến phát hưng thịnh vượng kim ngọc bảo
châu hoàng gia anh đức trung tín nghĩa hòa lợi lộc xuân thu đông phương nhật nguyệt tinh vân thanh thủy trường giang
cửu mê kông sông hồng lam bắc tây vạn nhân hiệp tâm trí dũng mỹ đỉnh vinh quang toàn cầu quốc tế hạ long hương sen
"""
SYLLABLES = tuple(SAID.split())
TRADES = [
    "xây dựng",
    "thương mại",
    "dịch vụ",
    "du lịch",
    "thực phẩm",
    "dược phẩm",
    "công nghệ",
    "vận tải",
    "may mặc",
    "nông nghiệp",
    "điện tử",
]


def name(dice: random.Random) -> str:
    """A name as companies have it: form, trade, two to four syllables."""
    own = " ".join(dice.choice(SYLLABLES).capitalize() for _ in range(dice.choice((2, 2, 3, 4))))
    return f"{dice.choice(FORMS)} {dice.choice(TRADES).capitalize()} {own}"


def faked(true: str, dice: random.Random) -> str:
    """One of the ways in which names are imitated."""
    words = true.split()
    place = dice.randrange(len(true) - 8, len(true) - 1)
    return dice.choice(
        (
            "CTCP " + " ".join(words[4:]) if true.startswith("Công ty Cổ phần") else true.upper(),
            true.replace("a", "а").replace("o", "о"),  # Cyrillic
            true[:place] + true[place + 1 :], true[:place] + "x" + true[place:], true.replace(" ", "-") + " JSC",
        )
    )  # fmt: skip


def main() -> None:
    """Fill, then ask a thousand times."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--organizations", type=int, default=50_000)
    count = reader.parse_args().organizations
    with portal_of_its_own():
        _run(count)


def _run(count: int) -> None:
    from loa.lib import likeness
    from loa.organizations.actions.compare import hits
    from loa.organizations.models import Organization, Skeleton
    from loa.portals.models import Portal

    dice = random.Random(7)
    portal = Portal.objects.create(slug="bench", name="Bench")
    names = list({name(dice): None for _ in range(count + count // 10)})
    taken, honest = names[:count], names[count : count + 500]
    made = [Organization(portal=portal, slug=f"o-{number}", name=one) for number, one in enumerate(taken)]
    Organization.objects.bulk_create(made, batch_size=2000)
    rows = [(one, likeness.of_name(one.name)) for one in made]
    written = [
        Skeleton(portal=portal, organization=one, words=one.name, key=k.key, head=k.head, tail=k.tail)
        for one, k in rows
    ]
    Skeleton.objects.bulk_create(written, batch_size=2000)

    def ask(words: str) -> tuple[float, bool]:
        k = likeness.of_name(words)
        row = Skeleton(portal_id=portal.pk, words=words, key=k.key, head=k.head, tail=k.tail)
        began = time.perf_counter()
        found = hits(row)
        return (time.perf_counter() - began) * 1000, bool(found)

    fakes = [ask(faked(dice.choice(taken), dice)) for _ in range(500)]
    honests = [ask(one) for one in honest]
    took = sorted(ms for ms, _ in fakes + honests)
    print(f"organizations: {len(taken)}")
    print(f"one look: median {statistics.median(took):.1f} ms, p99 {took[int(len(took) * 0.99)]:.1f} ms")
    print(f"fakes found: {sum(found for _, found in fakes)} of {len(fakes)}")
    print(f"honest names stopped: {sum(found for _, found in honests)} of {len(honests)}")


if __name__ == "__main__":
    main()
