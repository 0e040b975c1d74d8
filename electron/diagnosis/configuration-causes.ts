import { type Cause, literal } from './cause.ts'

const CLIENTS = 'Clients in appsettings.json'
const REWRITE = `Write ${CLIENTS} again: one JSON list, as a string, with its quotation marks escaped.`

/** appsettings.json and what it holds. */
export const configurationCauses: readonly Cause[] = [
  {
    id: 'settings.backslash',
    signs: [/is an invalid escapable character within a JSON string.*LineNumber: (?<line>\d+)/],
    facts: [/Failed to load configuration from file '(?<file>[^']+)'/],
    cause: ({ file = 'appsettings.json', line }) =>
      `${file}${inLine(line)} has a single backslash, as in a Windows path or in the name of a SQL Server instance.`,
    remedy: () => ({ text: 'Write each backslash twice: C:\\\\folder, server\\\\instance.' }),
  },
  {
    id: 'settings.not-json',
    signs: [/Failed to load configuration from file '(?<file>[^']+)'/, /Could not parse the JSON file/],
    facts: [/LineNumber: (?<line>\d+) \|/],
    cause: ({ file = 'appsettings.json', line }) =>
      `${file} is not whole JSON${line ? `: reading stops${inLine(line)}` : ''}.`,
    remedy: () => ({
      text: 'Correct the file, or put its backup back and let this program change it again.',
    }),
  },
  {
    id: 'settings.not-read',
    signs: [/Value cannot be null\. \(Parameter 'fileName'\)/],
    cause: () =>
      'The service found no X509CertificatePath. It reads appsettings.json in its working folder and was started in another one, or the setting is missing.',
    remedy: () => ({
      text: 'Start the service in its own folder (in a container /app), and check that X509CertificatePath stands in appsettings.json.',
    }),
  },
  {
    id: 'settings.database-provider',
    signs: [/DbProvider '(?<value>[^']*)' is not supported/],
    cause: ({ value }) => `The service does not know the DbProvider “${value}”.`,
    remedy: () => ({ text: 'Set DbProvider in appsettings.json to Postgres or MsSqlServer.' }),
  },
  {
    id: 'clients.not-a-list',
    signs: [/because the type requires a JSON array/],
    cause: () => `${CLIENTS} is one JSON object; the service wants a list of them.`,
    remedy: () => ({ text: `Put square brackets around it: [{…}]. ${REWRITE}` }),
  },
  {
    id: 'clients.field-not-a-list',
    signs: [/Error converting value .*List`1.*Path '\[\d+\]\.(?<field>\w+)'/],
    cause: ({ field }) => `${field} of a client in appsettings.json is a text; the service wants a list.`,
    remedy: ({ field }) => ({ text: `Put square brackets around the value of ${field}.` }),
  },
  {
    id: 'clients.cut-short',
    signs: [/Unexpected end when deserializing .*Path '(?<field>[^']*)'/],
    cause: ({ field }) =>
      `${CLIENTS} ends in the middle, after ${field}. Mostly a quotation mark inside is not escaped, so that the text ends there.`,
    remedy: () => ({ text: REWRITE }),
  },
  {
    id: 'clients.not-json',
    signs: [/Newtonsoft\.Json\.Json(Reader|Serialization)Exception/],
    cause: () => `${CLIENTS} is not JSON inside.`,
    remedy: () => ({ text: REWRITE }),
  },
  {
    id: 'clients.no-id',
    signs: [
      /null value in column "ClientId" of relation "Clients"/,
      /Cannot insert the value NULL into column 'ClientId', table '[^']*Clients'/,
    ],
    cause: () => `A client in ${CLIENTS} has no ClientId.`,
    remedy: () => ({ text: 'Give each client its ClientId, spelled exactly so.' }),
  },
  {
    id: 'client.secret-differs',
    signs: [/Client secret validation failed for client: (?<client>[^\s,]+?)\.?(?:[\s,]|$)/],
    cause: () =>
      'The secret differs from the one in the database. The service reads Clients from appsettings.json only while the client is missing there, so a later change has no effect.',
    remedy: ({ client }) => ({
      text: 'Delete the client from the database of the service, then restart the service: it creates the client anew from appsettings.json. SQL Server’s sqlcmd takes these names with its option -I only.',
      sql: deleteClient(client),
    }),
  },
  {
    id: 'client.unknown',
    signs: [/No client with id '(?<client>[^']+)' found/],
    cause: ({ client }) => `The service does not know the client “${client}”, or it is disabled.`,
    remedy: () => ({
      text: 'Check that the client stands in Clients of appsettings.json and that the service uses the intended database, then restart the service.',
    }),
  },
  {
    id: 'redis.unreachable',
    signs: [/RedisConnectionException/],
    cause: () => 'The service does not reach the Redis server named in RedisConnection.',
    remedy: () => ({
      text: 'Correct RedisConnection in appsettings.json, or empty it when no Redis is used.',
    }),
  },
]

/** .NET counts lines from 0. */
function inLine(line: string | undefined): string {
  return line === undefined ? '' : ` in line ${Number(line) + 1}`
}

function deleteClient(client: string | undefined): string {
  const id = literal(client, 'CLIENT_ID')
  const rows = ['ClientScopes', 'ClientSecrets', 'ClientClaims'].map(
    (table) =>
      `DELETE FROM "${table}" WHERE "ClientId" IN (SELECT "Id" FROM "Clients" WHERE "ClientId" = ${id});`,
  )
  return [...rows, `DELETE FROM "Clients" WHERE "ClientId" = ${id};`].join('\n')
}
