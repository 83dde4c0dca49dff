"""The queue's tables in a schema of their own, closed to cities but for one function."""

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import sql
from sqlalchemy import Connection, text

GUARDS = """
REVOKE ALL ON SCHEMA queue FROM PUBLIC;
ALTER FUNCTION queue.procrastinate_defer_jobs_v1 SECURITY DEFINER SET search_path = queue, pg_temp;
CREATE TABLE IF NOT EXISTS queue.tenant_limit (tenant text PRIMARY KEY, jobs int NOT NULL);
CREATE INDEX IF NOT EXISTS ix_procrastinate_jobs_tenant
    ON queue.procrastinate_jobs ((args ->> 'tenant')) WHERE status = 'todo';
CREATE OR REPLACE FUNCTION queue.pin_tenant() RETURNS trigger LANGUAGE plpgsql
    SET search_path = queue, pg_temp AS $body$
DECLARE
    most int;
BEGIN
    IF session_user IN ({worker}, {owner}) THEN
        RETURN NEW;
    END IF;
    IF NEW.args ->> 'tenant' IS DISTINCT FROM session_user THEN
        RAISE EXCEPTION 'a job belongs to the city that asks for it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT starts_with(coalesce(NEW.queueing_lock, session_user || ' '), session_user || ' ')
        OR NOT starts_with(coalesce(NEW.lock, session_user || ' '), session_user || ' ') THEN
        RAISE EXCEPTION 'a lock begins with the city that asks for it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT jobs INTO most FROM queue.tenant_limit WHERE tenant = session_user;
    IF most <= (
        SELECT count(*) FROM queue.procrastinate_jobs WHERE args ->> 'tenant' = session_user AND status = 'todo'
    ) THEN
        RAISE EXCEPTION 'too many jobs of this city wait' USING ERRCODE = 'configuration_limit_exceeded';
    END IF;
    RETURN NEW;
END
$body$;
CREATE OR REPLACE TRIGGER pin_tenant BEFORE INSERT ON queue.procrastinate_jobs
    FOR EACH ROW EXECUTE FUNCTION queue.pin_tenant();
CREATE OR REPLACE FUNCTION queue.rows_added(name text) RETURNS TABLE (schema text, rows bigint) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    SELECT n.nspname::text, pg_stat_get_tuples_inserted(c.oid)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = name AND c.relkind = 'r'
$body$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA queue FROM PUBLIC;
GRANT USAGE ON SCHEMA queue TO {worker_name};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA queue TO {worker_name};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA queue TO {worker_name};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA queue TO {worker_name};
"""


def install(connection: Connection, worker: str) -> None:
    """Make the queue unless it is there, and set its guards.

    Args:
        connection: The administrator's, in a transaction.
        worker: The login that takes jobs from the queue; exists already.
    """
    owner = str(connection.scalar(text("select current_user")))
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    if not connection.scalar(text("select 1 from pg_namespace where nspname = 'queue'")):
        raw.execute("CREATE SCHEMA queue; SET LOCAL search_path = queue")
        raw.execute(SchemaManager.get_schema().encode())
        raw.execute("SET LOCAL search_path = public")
    guards = sql.SQL(GUARDS).format(
        worker=sql.Literal(worker), owner=sql.Literal(owner), worker_name=sql.Identifier(worker)
    )
    raw.execute(guards)
