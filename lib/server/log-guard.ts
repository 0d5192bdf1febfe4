/**
 * Where our login is a superuser, as it is of the embedded database: an event trigger that keeps everybody but the owner of
 * the tables from altering or dropping anything of the log (R58). It stops hands that slip, and programs; a superuser
 * who means it can drop the trigger first, and is found by the Merkle tree.
 */
import type { ClientBase } from 'pg'

const NAME = 'keyhouse_guards_the_log'

/** `owner` is the role that migrations, days and retention run as. */
const functionSql = (owner: string) => `
CREATE OR REPLACE FUNCTION public.${NAME}() RETURNS event_trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user = ${owner} THEN RETURN; END IF;
  IF TG_EVENT = 'sql_drop' THEN
    PERFORM FROM pg_event_trigger_dropped_objects() WHERE schema_name = 'audit' OR (object_type = 'schema' AND object_name = 'audit');
  ELSE
    PERFORM FROM pg_event_trigger_ddl_commands() WHERE schema_name = 'audit';
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION '% on the audit log is refused: only its owner may', TG_TAG USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$`

/** Puts the guard up; harmless to repeat. Does nothing where the login is no superuser. */
export async function guardLog(sql: ClientBase, owner: string): Promise<void> {
  const { rows } = await sql.query('SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper')
  if (rows.length === 0) return
  const statements = [
    // Two hosts that prepare at once would otherwise fail with "tuple concurrently updated".
    'SELECT pg_advisory_xact_lock(72707373)',
    functionSql(sql.escapeLiteral(owner)),
    `REVOKE EXECUTE ON FUNCTION public.${NAME}() FROM PUBLIC`,
    `DROP EVENT TRIGGER IF EXISTS ${NAME}_from_change`,
    `DROP EVENT TRIGGER IF EXISTS ${NAME}_from_loss`,
    `CREATE EVENT TRIGGER ${NAME}_from_change ON ddl_command_end EXECUTE FUNCTION public.${NAME}()`,
    `CREATE EVENT TRIGGER ${NAME}_from_loss ON sql_drop EXECUTE FUNCTION public.${NAME}()`,
  ]
  await sql.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'))
}

/** Takes it down in the transaction that empties a test installation. */
export async function liftGuard(sql: ClientBase): Promise<void> {
  await sql.query(`DROP EVENT TRIGGER IF EXISTS ${NAME}_from_change`)
  await sql.query(`DROP EVENT TRIGGER IF EXISTS ${NAME}_from_loss`)
}
