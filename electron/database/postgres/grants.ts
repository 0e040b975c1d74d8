import type { GrantWish } from '../grant-wish.ts'
import { IS_TABLES, MIGRATIONS_TABLE } from '../identity-tables.ts'
import { quotedName, quotedText } from './names.ts'

/** The script of {@link grantScript} for PostgreSQL: for psql, pgAdmin and any other tool. */
export function postgresGrants({ database, user, schema = 'public' }: GrantWish): string {
  const role = quotedName(user)
  const own = schema === 'public' ? [] : ownSchema(database, role, schema)
  return `${[
    '-- What the Identity Service needs in PostgreSQL.',
    '--',
    '-- Run it as a superuser, or as the owner of the database and of the tables in it,',
    `-- connected to the database ${inComment(database)}. With psql: psql --dbname=… --file=identity-service-grants.sql`,
    '-- It can be run again: what is there already stays. There is no password in it.',
    '',
    '-- Stops at the first error, and changes nothing then.',
    'BEGIN;',
    '',
    ...guards(database, user),
    '',
    '-- To log in to this database.',
    `GRANT CONNECT ON DATABASE ${quotedName(database)} TO ${role};`,
    '',
    ...own,
    '-- To create tables and to find them. Tables that the service creates are its own: it may change, fill and read',
    '-- them without further grants, so no default privileges are needed.',
    `GRANT USAGE, CREATE ON SCHEMA ${quotedName(schema)} TO ${role};`,
    '',
    ...existing(user, schema),
    '',
    'COMMIT;',
  ].join('\n')}\n`
}

function guards(database: string, user: string): string[] {
  return block([
    'BEGIN',
    `  IF current_database() <> ${quotedText(database)} THEN`,
    `    RAISE EXCEPTION USING MESSAGE = format('This is the database %I. Connect to %I and run the script again.', current_database(), ${quotedText(database)});`,
    '  END IF;',
    `  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${quotedText(user)}) THEN`,
    `    RAISE EXCEPTION USING MESSAGE = format('There is no role %I. Create it with a password and run the script again: CREATE ROLE %I LOGIN;', ${quotedText(user)}, ${quotedText(user)});`,
    '  END IF;',
    'END',
  ])
}

function ownSchema(database: string, role: string, schema: string): string[] {
  const name = quotedName(schema)
  return [
    '-- The schema that the service’s tables are in.',
    `CREATE SCHEMA IF NOT EXISTS ${name};`,
    '',
    '-- The service creates its tables in the first schema of its search path. Where its connection string does not say',
    '-- so (“Search Path”), take the dashes off the next line:',
    `-- ALTER ROLE ${inComment(role)} IN DATABASE ${inComment(quotedName(database))} SET search_path = ${inComment(name)};`,
    '',
  ]
}

function existing(user: string, schema: string): string[] {
  const names = [...IS_TABLES, MIGRATIONS_TABLE].map(quotedText)
  return [
    '-- Tables of an earlier installation become the service’s, because PostgreSQL lets only the owner of a table',
    '-- change it, as an update of the service does. If another Identity Service with another login still uses',
    '-- them, leave this part out and give the service a database of its own.',
    ...block([
      'DECLARE',
      '  found record;',
      'BEGIN',
      '  FOR found IN',
      `    SELECT format('%I.%I', n.nspname, c.relname) AS name`,
      '    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace',
      `    WHERE n.nspname = ${quotedText(schema)} AND c.relkind IN ('r', 'p')`,
      `      AND NOT pg_has_role(${quotedText(user)}, c.relowner, 'USAGE')`,
      '      AND c.relname IN (',
      ...lines(names).map((line) => `        ${line}`),
      '      )',
      '  LOOP',
      `    EXECUTE format('ALTER TABLE %s OWNER TO %I', found.name, ${quotedText(user)});`,
      '  END LOOP;',
      'END',
    ]),
  ]
}

/** An anonymous block, quoted by a tag that does not occur in it. */
function block(body: readonly string[]): string[] {
  const text = body.join('\n')
  let tag = '$rights$'
  for (let more = 2; text.includes(tag); more += 1) tag = `$rights${more}$`
  return [`DO ${tag}`, ...body, `${tag};`]
}

/** Five names a line. */
function lines(names: readonly string[]): string[] {
  const found: string[] = []
  for (let at = 0; at < names.length; at += 5)
    found.push(names.slice(at, at + 5).join(', ') + (at + 5 < names.length ? ',' : ''))
  return found
}

/** A name that does not end its comment. */
function inComment(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, ' ')
}
