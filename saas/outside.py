"""The parts outside this program as data: how many connections, how long to wait, how often to try, what is said."""

from dataclasses import dataclass

REQUEST_SECONDS = 10
"""Within this a request is answered, also when a database takes connections and never says anything."""


@dataclass(frozen=True)
class Outside:
    """A part this program talks to and cannot mend.

    Attributes:
        code: What the table in the documents calls it.
        connections: How many one process opens at most; a text names the settings that say so.
        room_seconds: How long to wait for one of them to become free.
        connect_seconds: How long to wait for a new one.
        answer_seconds: After this much silence it is given up, and its connection with it.
        tries: How often one piece of work is tried in all.
        failures: After so many in a row nothing is asked for a while; None where every piece of work asks.
        rest_seconds: How long that while is; then one try goes ahead of the others.
        told: What people read, or see, while it is away.
    """

    code: str
    connections: int | str
    room_seconds: float
    connect_seconds: int
    answer_seconds: int
    tries: int
    failures: int | None
    rest_seconds: float
    told: str


DATABASE = Outside(
    code="PostgreSQL",
    connections="FENGQIAO_POOL_CAP, FENGQIAO_CONNECTIONS_CAP",
    room_seconds=3.0,
    connect_seconds=3,
    answer_seconds=20,
    tries=1,
    failures=3,
    rest_seconds=2.0,
    told="现在连不上本市的数据，可能是使用的人较多。请过一会儿再试。",
)
"""What a city's and the platform's pages ask; a connection that went stale in the pool is renewed once."""

POOLER = Outside(
    code="PgBouncer",
    connections=20,
    room_seconds=3.0,
    connect_seconds=3,
    answer_seconds=20,
    tries=1,
    failures=None,
    rest_seconds=2.0,
    told=DATABASE.told,
)
"""What may stand before a database: its own connections for each login, and its own patience with the server."""

QUEUE = Outside(
    code="procrastinate",
    connections=4,
    room_seconds=30.0,
    connect_seconds=3,
    answer_seconds=20,
    tries=3,
    failures=None,
    rest_seconds=30.0,
    told="已经提交的事项不会丢失，后台恢复后自动办理。",
)
"""The queue as workers read it; ``rest_seconds`` is the longest pause before they look for it again."""

STORAGE = Outside(
    code="S3",
    connections=16,
    room_seconds=3.0,
    connect_seconds=3,
    answer_seconds=10,
    tries=2,
    failures=None,
    rest_seconds=0.0,
    told="文件存储没有正常应答，请稍后重试；仍然不行的，请联系系统管理员。",
)
"""The files of cases, where a bucket keeps them."""

PARTS = (DATABASE, POOLER, QUEUE, STORAGE)
"""Everything outside; a contract test compares each with what really is in force."""
