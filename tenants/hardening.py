"""What PostgreSQL leaves open to everybody and is taken back; the isolation check asks for the same things."""

from typing import LiteralString

UNSAFE_FUNCTIONS: LiteralString = r"""pronamespace = 'pg_catalog'::regnamespace AND (
    proname IN ('set_config', 'ts_stat', 'lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import', 'lo_export')
    OR proname ~ '^(query|cursor|table|schema|database)_to_xml'
    OR (proname = 'ts_rewrite' AND pronargs = 2)
    OR proname ~ '^pg_(try_)?advisory_'
    OR proname ~ '^pg_(total_relation|relation|table|indexes|database|tablespace)_size$'
    OR proname ~ '^pg_stat_get_')"""
"""Functions that run a text as a query, change the session, hold up others or tell how much others work."""

TELLING_COLUMNS: LiteralString = "ARRAY['reltuples', 'relpages', 'relallvisible']"
"""Columns of ``pg_class`` that tell how many rows a table of anybody has."""

HARDEN: LiteralString = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
DO $body$
DECLARE
    f regprocedure;
    columns text;
BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE %(functions)s LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %%s FROM PUBLIC', f);
    END LOOP;
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
    WHERE attrelid = 'pg_class'::regclass AND NOT attisdropped AND NOT attname = ANY (%(columns)s);
    REVOKE SELECT ON pg_class FROM PUBLIC;
    EXECUTE format('GRANT SELECT (%%s) ON pg_class TO PUBLIC', columns);
END
$body$;
""" % {"functions": UNSAFE_FUNCTIONS, "columns": TELLING_COLUMNS}  # noqa: S608, UP031 - all written here; braces are the holes of names
"""What a superuser does once in the database, before anybody else may enter it."""
