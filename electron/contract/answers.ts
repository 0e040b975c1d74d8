import * as z from 'zod/mini'
import { plain, port, secretOrGenerate, secretReference, shortText, text } from './answer-values.ts'
import { signingCertificateSchema } from './certificate.ts'
import { grantTypes } from './client.ts'
import { providers } from './database.ts'
import { container, containerName, website } from './hosting-answers.ts'

/**
 * What an installer wants, as data with a version: the window, the command line and an answer file all produce
 * this. Secrets are references, never values:
 *   env:NAME    the value of an environment variable
 *   file:PATH   the content of a file, without its last line end
 *   stdin       the next line of standard input
 *   generate    made by this program (client secret, password of a new database login); an earlier one that is found is kept
 *   vault:NAME  held by the running window; never in a saved file
 */
export const ANSWERS_VERSION = 1

const logLevels = ['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None'] as const
const database = z.discriminatedUnion('from', [
  z.strictObject({
    /** An entry of Creatio's ConnectionStrings.config; needs `creatio.folder`. */
    from: z.literal('creatio'),
    /** Its name; left out: the one that Creatio uses, `db` (then `dbPostgreSql`). */
    entry: z.optional(shortText),
    /** Values for names in square brackets, which Creatio takes from HashiCorp Vault. */
    placeholders: z.optional(z.record(shortText, secretReference)),
  }),
  z.strictObject({
    from: z.literal('connection-string'),
    provider: z.enum(providers),
    connectionString: secretReference,
  }),
  z.strictObject({
    from: z.literal('fields'),
    provider: z.enum(providers),
    server: shortText,
    port: z.optional(port),
    database: shortText,
    user: shortText,
    password: secretReference,
    /** Further keywords of the connection string, such as `SSL Mode=VerifyFull`. */
    options: z.optional(z.string().check(z.maxLength(4000), z.regex(plain))),
  }),
  z.strictObject({
    /** A database of its own for the service, and a login with just the rights that it needs: made by this setup. */
    from: z.literal('new'),
    provider: z.enum(providers),
    server: shortText,
    port: z.optional(port),
    database: shortText,
    user: shortText,
    password: secretOrGenerate,
    options: z.optional(z.string().check(z.maxLength(4000), z.regex(plain))),
    /** Who may create databases and logins there. Used once, never stored. */
    administrator: z.strictObject({ user: shortText, password: secretReference }),
  }),
  /** The practice run's own PostgreSQL. */
  z.strictObject({ from: z.literal('practice') }),
])

/** RFC 6749, 3.3: a scope has no space, quotation mark or backslash in it. The table holds 200 characters. */
const scope = z
  .string()
  .check(
    z.regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'Write a scope without spaces, quotes and backslashes.'),
  )
const scopes = z.array(scope).check(z.maxLength(200))
const grants = z.array(z.enum(grantTypes)).check(z.minLength(1), z.maxLength(grantTypes.length))

export const answersSchema = z.strictObject({
  $schema: z.optional(z.string()),
  version: z.literal(ANSWERS_VERSION),
  scenario: z.literal('new-installation'),
  hosting: z.enum(['iis', 'docker']),
  /** A practice run: under IIS on a Windows that is simulated, with everything else real. */
  practice: z.optional(z.boolean()),
  service: z.strictObject({
    /** `IdentityService.zip` or its extracted folder. A practice run may leave it out. */
    source: z.optional(text),
    /** The folder that the service is installed into. */
    target: text,
  }),
  creatio: z.optional(z.strictObject({ folder: text })),
  database,
  client: z.strictObject({
    /** Exactly 16 characters, or `generate`. */
    id: text,
    name: text,
    /** Exactly 32 characters, or `generate`. */
    secret: secretOrGenerate,
    /** Scopes beside those of the manual, of newer builds and of the archive's own clients. */
    scopes: z.optional(scopes),
    /** Left out: implicit and client_credentials, as in the manual. */
    grantTypes: z.optional(grants),
    /** Accept an id, secret or name that is warned about, such as one of another length. */
    useAnyway: z.optional(z.boolean()),
    /** The database has this client with another secret: its rows are kept in a file, removed, and made anew. */
    replaceExisting: z.optional(z.boolean()),
  }),
  certificate: signingCertificateSchema,
  /** Needed for hosting `docker`. */
  container: z.optional(container),
  /** Needed for hosting `iis`. */
  website: z.optional(website),
  /** The Identity Service URL that Creatio and clients will use; left out: localhost, or the host header, and the port. */
  publicUrl: z.optional(text),
  logging: z.strictObject({
    level: z.enum(logLevels),
    /** web.config's stdoutLogEnabled. */
    stdout: z.boolean(),
    /** web.config's stdoutLogFile under IIS: a full path without ending; left out: `.\logs\stdout`. */
    stdoutLogFile: z.optional(text),
  }),
})

/** Which service a scenario is about that looks after one that is there. */
const installation = z.strictObject({
  /** The folder of the service; this program need not have installed it. */
  target: text,
  /** The service's container, where this program did not start it. */
  container: z.optional(containerName),
  /** The service's website, where more than one shows the folder. */
  site: z.optional(shortText),
})

/** Replaces the certificate that signs the tokens of a service that is there. */
export const replaceCertificateSchema = z.strictObject({
  $schema: z.optional(z.string()),
  version: z.literal(ANSWERS_VERSION),
  scenario: z.literal('replace-certificate'),
  /** The installation is one of a practice run. */
  practice: z.optional(z.boolean()),
  installation,
  certificate: signingCertificateSchema,
  /** Under IIS: where the new file goes; `X509CertificatePath` then points to it. Left out: it takes the place of the current one. */
  path: z.optional(text),
  /** What runs Creatio on this machine, to be restarted after the service; left out: it is restarted by hand. */
  creatio: z.optional(z.strictObject({ pool: z.optional(shortText), container: z.optional(containerName) })),
  /** Thumbprint of the certificate to be replaced: once another one is in its place, the same answers change nothing. */
  replaces: z.optional(
    z
      .string()
      .check(z.regex(/^[0-9A-F]{40}$/, 'Give the thumbprint: 40 digits from 0 to F, without blanks.')),
  ),
})

/** Changes the client by which Creatio talks to a service that is there. What is left out stays. */
export const changeClientSchema = z.strictObject({
  $schema: z.optional(z.string()),
  version: z.literal(ANSWERS_VERSION),
  scenario: z.literal('change-client'),
  /** The installation is one of a practice run. */
  practice: z.optional(z.boolean()),
  installation,
  client: z.strictObject({
    /** ClientId of today; left out: the system client of the service's settings. */
    current: z.optional(text),
    /** Exactly 16 characters, or `generate`. */
    id: z.optional(text),
    name: z.optional(text),
    /** Exactly 32 characters, or `generate`. */
    secret: z.optional(secretOrGenerate),
    /** All scopes that the client is to have. */
    scopes: z.optional(scopes.check(z.minLength(1))),
    grantTypes: z.optional(grants),
    /** Accept an id, secret or name that is warned about, such as one of another length. */
    useAnyway: z.optional(z.boolean()),
  }),
  /** The database server as this machine reaches it, where the service has to use another name. */
  databaseServer: z.optional(shortText),
  /** `Clients.Id` of the row that is to go: once another is there, the same answers change nothing. */
  row: z.optional(z.int()),
})

/** Every scenario that answers can ask for. */
export const setupSchema = z.discriminatedUnion('scenario', [
  answersSchema,
  replaceCertificateSchema,
  changeClientSchema,
])

/** Answers of any scenario. */
export type SetupAnswers = z.infer<typeof setupSchema>
export type ChangeClientAnswers = z.infer<typeof changeClientSchema>
export type ReplaceCertificateAnswers = z.infer<typeof replaceCertificateSchema>
/** Answers of a new installation. */
export type Answers = z.infer<typeof answersSchema>
export type ContainerAnswers = NonNullable<Answers['container']>
export type WebsiteAnswers = NonNullable<Answers['website']>
export type DatabaseAnswers = Answers['database']
