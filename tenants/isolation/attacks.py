"""Statements an attacker would send who can make a city's login say anything; each undone whatever comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from tenants.hardening import TELLING_COLUMNS, UNSAFE_FUNCTIONS


@dataclass(frozen=True)
class Attack:
    """One way to reach what is not one's own.

    Attributes:
        name: What is tried, in English words.
        statements: Sent one after another in one transaction; the last one tells. Holes: ``{own}`` and
            ``{other}`` are schemas, ``{own_text}`` and ``{other_text}`` the same as texts, ``{pid}`` is the other's
            backend, ``{platform}`` and ``{worker}`` are the logins of those names.
        stacked: One message with several statements, sent as the application sends.
    """

    name: str
    statements: Sequence[LiteralString]
    stacked: bool = False


def _one(name: str, statement: LiteralString) -> Attack:
    return Attack(name, (statement,))


TABLE_RIGHTS: LiteralString = (
    "SELECT count(*) FROM pg_class WHERE relnamespace = {other_text}::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
    " AND has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
)
COLUMN_RIGHTS: LiteralString = (
    "SELECT count(*) FROM pg_class WHERE relnamespace = {other_text}::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
    " AND has_any_column_privilege(oid, 'SELECT, INSERT, UPDATE, REFERENCES')"
)
SEQUENCE_RIGHTS: LiteralString = (
    "SELECT count(*) FROM pg_class WHERE relnamespace = {other_text}::regnamespace "
    " AND CASE WHEN relkind = 'S' THEN has_sequence_privilege(oid, 'USAGE, SELECT, UPDATE') END"
)
FUTURE_RIGHTS: LiteralString = (
    "SELECT count(*) FROM pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) a"
    " WHERE d.defaclnamespace = {other_text}::regnamespace AND a.grantee IN (0, session_user::regrole)"
    " AND a.grantor <> a.grantee"
)
SCHEMA_RIGHTS: LiteralString = "SELECT has_schema_privilege({other_text}, 'USAGE, CREATE')"

RIGHTS = (
    _one("hold a right on the schema", SCHEMA_RIGHTS),
    _one("hold a right on a table", TABLE_RIGHTS),
    _one("hold a right on a column", COLUMN_RIGHTS),
    _one("hold a right on a sequence", SEQUENCE_RIGHTS),
    _one("hold a right on tables to come", FUTURE_RIGHTS),
)

ON_CITY = (
    *RIGHTS,
    _one("read a table", "SELECT count(*) + 1 FROM {other}.unit"),
    _one("read the record of acts", "SELECT count(*) + 1 FROM {other}.audit_event"),
    _one("read the tables' version", "SELECT count(*) + 1 FROM {other}.alembic_version"),
    _one("read through a cursor", "DECLARE mine CURSOR FOR SELECT * FROM {other}.unit"),
    _one("see a plan with its estimates", "EXPLAIN SELECT * FROM {other}.unit WHERE name = 'x'"),
    _one("read inside an anonymous block", "DO 'BEGIN PERFORM count(*) FROM {other}.unit; END'"),
    _one("add a row", "INSERT INTO {other}.unit DEFAULT VALUES"),
    _one("change rows", "UPDATE {other}.unit SET name = name WHERE false"),
    _one("delete rows", "DELETE FROM {other}.unit WHERE false"),
    _one("empty a table", "TRUNCATE {other}.unit CASCADE"),
    _one("lock a table", "LOCK TABLE {other}.unit IN ACCESS EXCLUSIVE MODE NOWAIT"),
    _one("drop a table", "DROP TABLE {other}.unit CASCADE"),
    _one("change a table", "ALTER TABLE {other}.unit ADD COLUMN mine int"),
    _one("make a table in the schema", "CREATE TABLE {other}.mine (id int)"),
    _one("make an index", "CREATE INDEX mine ON {other}.unit (name)"),
    _one("write on a table's label", "COMMENT ON TABLE {other}.unit IS 'mine'"),
    _one("grant oneself a table", "GRANT SELECT ON {other}.unit TO {own}"),
    _one("rename the schema", "ALTER SCHEMA {other} RENAME TO mine"),
    _one("drop the schema", "DROP SCHEMA {other} CASCADE"),
    Attack("look along its path", ("SET LOCAL search_path = {other}", "SELECT count(*) + 1 FROM unit")),
    Attack(
        "look along its path, set by a function",
        ("SELECT set_config('search_path', {other_text}, true)", "SELECT count(*) + 1 FROM unit"),
    ),
    _one(
        "set the path through the settings", "UPDATE pg_settings SET setting = {other_text} WHERE name = 'search_path'"
    ),
    _one("take its role", "SET ROLE {other}"),
    _one("take its role for a transaction", "SET LOCAL ROLE {other}"),
    Attack("give up a role and take its", ("RESET ROLE", "SET ROLE {other}")),
    _one("become it", "SET SESSION AUTHORIZATION {other}"),
    _one("take its role by a function", "SELECT set_config('role', {other_text}, false)"),
    _one("be a member of its role", "SELECT pg_has_role(session_user, {other_text}, 'MEMBER')"),
    _one("give oneself its role", "GRANT {other} TO {own}"),
    _one("change its password", "ALTER ROLE {other} PASSWORD 'mine'"),
    _one("change its settings", "ALTER ROLE {other} SET search_path = {own}"),
    _one("take its login away", "ALTER ROLE {other} NOLOGIN"),
    _one("have words counted by a query", "SELECT * FROM ts_stat('select to_tsvector(name) from {other}.unit')"),
    _one(
        "have a search rewritten by a query",
        "SELECT ts_rewrite('a'::tsquery, 'select ''a''::tsquery, ''b''::tsquery from {other}.unit')",
    ),
    _one("have a query made XML", "SELECT query_to_xml('select * from {other}.unit', true, true, '')"),
    _one("have a schema made XML", "SELECT schema_to_xml({other_text}, true, true, '')"),
    _one("see its statistics", "SELECT count(*) FROM pg_stats WHERE schemaname = {other_text}"),
    _one(
        "see how much it works",
        "SELECT sum(n_tup_ins + n_live_tup + 1) FROM pg_stat_all_tables WHERE schemaname = {other_text}",
    ),
    _one(
        "see how many rows it has",
        "SELECT count(reltuples) FROM pg_class WHERE relnamespace = {other_text}::regnamespace",
    ),
    _one(
        "see how large it is",
        "SELECT count(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = {other_text}::regnamespace",
    ),
    _one(
        "see what it asks",
        "SELECT count(*) FROM pg_stat_activity WHERE pid = {pid} AND query <> '<insufficient privilege>'",
    ),
    _one("interrupt it", "SELECT pg_cancel_backend({pid})"),
)
"""Against another city."""

DEFERRED: LiteralString = (
    "SELECT queue.procrastinate_defer_jobs_v1(ARRAY[ROW("
    "'default', 'isolation', 0, {lock}, {lock}, {arguments}, NULL)::queue.procrastinate_job_to_defer_v1])"
)

ON_QUEUE_OF = (
    _one("ask for a job in its name", DEFERRED),
    _one("hold up its jobs by a lock of its name", DEFERRED),
)
"""Against another city, through the queue: the lock and the arguments of each are filled in by its name."""

QUEUE_PATH: LiteralString = "SET LOCAL search_path = queue"

ON_QUEUE = (
    *(attack for attack in RIGHTS if attack.statements != (SCHEMA_RIGHTS,)),
    _one("read jobs", "SELECT count(*) + 1 FROM queue.procrastinate_jobs"),
    _one("read what happened to jobs", "SELECT count(*) + 1 FROM queue.procrastinate_events"),
    _one("change jobs", "UPDATE queue.procrastinate_jobs SET priority = 1 WHERE false"),
    _one("delete jobs", "DELETE FROM queue.procrastinate_jobs WHERE false"),
    Attack("take a job", (QUEUE_PATH, "SELECT count(*) + 1 FROM procrastinate_fetch_job_v2(NULL::varchar[], NULL)")),
    Attack("say a job is done", (QUEUE_PATH, "SELECT procrastinate_finish_job_v1(-1, 'succeeded', false)")),
    Attack("call off a job", (QUEUE_PATH, "SELECT procrastinate_cancel_job_v1(-1, true, false) IS NULL")),
    _one("switch the guard off", "ALTER TABLE queue.procrastinate_jobs DISABLE TRIGGER pin_tenant"),
    _one("make a table in the schema", "CREATE TABLE queue.mine (id int)"),
    _one("take the worker's role", "SET ROLE {worker}"),
    _one(
        "hold a right on a function but the one",
        "SELECT count(*) FROM pg_proc WHERE pronamespace = 'queue'::regnamespace"
        " AND proname <> 'procrastinate_defer_jobs_v1' AND has_function_privilege(oid, 'EXECUTE')",
    ),
    _one(
        "find the guard asleep",
        "SELECT count(*) = 0 FROM pg_trigger t WHERE tgrelid = 'queue.procrastinate_jobs'::regclass"
        " AND tgname = 'pin_tenant' AND tgenabled <> 'D'",
    ),
)
"""Against the queue, which all cities share."""

ON_PLATFORM = (
    *RIGHTS,
    _one("read the registry", "SELECT count(*) + 1 FROM platform.tenant"),
    _one("read the operators' passwords", "SELECT count(password_hash) + 1 FROM platform.operator"),
    _one("read the operators' sessions", "SELECT count(*) + 1 FROM platform.operator_session"),
    _one("change the registry", "UPDATE platform.tenant SET state = state WHERE false"),
    _one("point a host at oneself", "INSERT INTO platform.tenant_host DEFAULT VALUES"),
    _one("add to the record", "INSERT INTO platform.platform_event DEFAULT VALUES"),
    _one("take the platform's role", "SET ROLE {platform}"),
)
"""Against the platform's own tables."""

ON_SERVER = (
    _one(
        "be more than a login",
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
        " FROM pg_roles WHERE rolname = session_user",
    ),
    _one(
        "be a member of anything",
        "SELECT count(*) FROM pg_roles WHERE rolname <> session_user AND pg_has_role(session_user, oid, 'MEMBER')",
    ),
    _one("make a schema", "CREATE SCHEMA mine"),
    _one("make a temporary table", "CREATE TEMPORARY TABLE unit (id int)"),
    _one("make a table for everybody", "CREATE TABLE public.mine (id int)"),
    _one("use the schema of everybody", "SELECT has_schema_privilege('public', 'USAGE, CREATE')"),
    _one(
        "hold more than entry to the database", "SELECT has_database_privilege(current_database(), 'CREATE, TEMPORARY')"
    ),
    _one("make a login", "CREATE ROLE mine LOGIN"),
    _one("become a superuser", "ALTER ROLE {own} SUPERUSER"),
    _one("lift one's limit of connections", "ALTER ROLE {own} CONNECTION LIMIT 1000"),
    _one("install an extension", "CREATE EXTENSION lo SCHEMA {other}"),
    _one("make a function", "CREATE FUNCTION {other}.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
    _one("switch triggers off", "SET LOCAL session_replication_role = replica"),
    _one("load a library", "LOAD 'auto_explain'"),
    _one("run a program", "DO 'BEGIN COPY (SELECT 1) TO PROGRAM ''cat > /dev/null''; END'"),
    _one("read a file", "SELECT length(pg_read_file('postgresql.conf'))"),
    _one("list the server's files", "SELECT count(*) FROM pg_ls_dir('.')"),
    _one("read passwords", "SELECT count(*) + 1 FROM pg_authid"),
    _one("read the rules of entry", "SELECT count(*) + 1 FROM pg_hba_file_rules()"),
    _one("read raw statistics", "SELECT count(*) + 1 FROM pg_statistic"),
    _one("make a large object", "SELECT lo_create(0)"),
    _one("read large objects", "SELECT count(*) + 1 FROM pg_largeobject"),
    _one("change a setting by a function", "SELECT set_config('search_path', 'public', true)"),
    _one("hold a lock that others wait for", "SELECT pg_try_advisory_xact_lock(7) IS NOT NULL"),
    _one("have the server read its settings again", "SELECT pg_reload_conf()"),
    _one(
        "run a text as a query",
        f"SELECT count(*) FROM pg_proc WHERE {UNSAFE_FUNCTIONS} AND has_function_privilege(oid, 'EXECUTE')",  # noqa: S608
    ),
    _one(
        "count the rows of everybody",
        f"SELECT count(*) FROM unnest({TELLING_COLUMNS}) c WHERE has_column_privilege('pg_class', c, 'SELECT')",  # noqa: S608
    ),
)
"""Against the server and what all its logins share."""

ON_ITSELF = (
    _one("own anything", "SELECT count(*) FROM pg_class WHERE relowner = session_user::regrole"),
    _one(
        "hold a right on more than rows",
        "SELECT count(*) FROM pg_class WHERE relnamespace = {other_text}::regnamespace AND relkind = 'r'"
        " AND has_table_privilege(oid, 'TRUNCATE, REFERENCES, TRIGGER')",
    ),
    _one("make a table", "CREATE TABLE {own}.mine (id int)"),
    _one("drop a table", "DROP TABLE {own}.unit CASCADE"),
    _one("change a table", "ALTER TABLE {own}.unit ADD COLUMN mine int"),
    _one("empty a table", "TRUNCATE {own}.unit CASCADE"),
    _one("change the record of acts", "UPDATE {own}.audit_event SET actor_name = actor_name WHERE false"),
    _one("delete from the record of acts", "DELETE FROM {own}.audit_event WHERE false"),
    _one("say when an act was recorded", "INSERT INTO {own}.audit_event (recorded_at) VALUES (now())"),
    _one("say in which transaction an act was recorded", "INSERT INTO {own}.audit_event (xid) VALUES (1)"),
    _one("append a link by hand", "INSERT INTO {own}.audit_link (n) VALUES (1)"),
    _one("change a link", "UPDATE {own}.audit_link SET n = n WHERE false"),
    _one("delete a link", "DELETE FROM {own}.audit_link WHERE false"),
    _one("change a seal", "UPDATE {own}.audit_seal SET n = n WHERE false"),
    _one("delete a seal", "DELETE FROM {own}.audit_seal WHERE false"),
    _one("say when a seal was made", "INSERT INTO {own}.audit_seal (sealed_at) VALUES (now())"),
    _one("change a place under a seal", "UPDATE {own}.audit_sealed SET leaf_no = leaf_no WHERE false"),
    _one("delete a place under a seal", "DELETE FROM {own}.audit_sealed WHERE false"),
    _one("change what a verification found", "UPDATE {own}.audit_verification SET ok = true WHERE false"),
    _one("make the link's trigger sleep", "ALTER TABLE {own}.audit_event DISABLE TRIGGER append_audit_link"),
    _one("empty the record of acts", "TRUNCATE {own}.audit_event"),
    _one("change the tables' version", "UPDATE {own}.alembic_version SET version_num = version_num WHERE false"),
    Attack("send two statements as one", ("SELECT 1; SELECT count(*) FROM {own}.unit",), stacked=True),
    Attack("end the transaction inside a statement", ("COMMIT; SELECT count(*) FROM {own}.unit",), stacked=True),
)
"""Against what even the city's own login must not do."""
