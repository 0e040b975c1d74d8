import * as z from 'zod/mini'

/**
 * What an installer wants, as data with a version: the window, the command line and an answer file all produce
 * this. Secrets are references, never values:
 *   env:NAME    the value of an environment variable
 *   file:PATH   the content of a file, without its last line end
 *   stdin       the next line of standard input
 *   generate    made by this program (client secret only); an earlier one that is found is kept
 *   vault:NAME  held by the running window; never in a saved file
 */
export const ANSWERS_VERSION = 1

/** No control characters anywhere: what a line break in a name or path does further on cannot be foreseen. */
const plain = /^[^\p{Cc}\p{Cs}]*$/u
const text = z.string().check(z.minLength(1), z.maxLength(32_767), z.regex(plain))
const shortText = z.string().check(z.minLength(1), z.maxLength(1000), z.regex(plain))
const port = z.int().check(z.minimum(1), z.maximum(65_535))
const secretReference = z.string().check(z.regex(/^(env:.+|file:.+|vault:.+|stdin)$/s))
const secretOrGenerate = z.string().check(z.regex(/^(env:.+|file:.+|vault:.+|stdin|generate)$/s))

const providers = ['PostgreSQL', 'MsSqlServer'] as const
export type Provider = (typeof providers)[number]
const logLevels = ['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None'] as const
const certificateKeys = ['RSA-2048', 'RSA-3072', 'RSA-4096'] as const
const settingsWays = ['mounted-file', 'dockerfile-env', 'environment'] as const
const restartPolicies = ['no', 'on-failure', 'unless-stopped', 'always'] as const

const database = z.discriminatedUnion('from', [
  z.strictObject({
    /** Entry `db` (then `dbPostgreSql`) of Creatio's ConnectionStrings.config; needs `creatio.folder`. */
    from: z.literal('creatio'),
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
  /** The practice run's own PostgreSQL. */
  z.strictObject({ from: z.literal('practice') }),
])

const https = z.strictObject({
  port,
  /** A PFX with the certificate of the public name; left out: a self-signed one is made, for development. */
  certificate: z.optional(text),
  password: z.optional(secretReference),
})

const container = z.strictObject({
  name: z.string().check(z.regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/)),
  image: z.string().check(z.regex(/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w.-]{1,127})?$/)),
  settings: z.enum(settingsWays),
  /** `dockerfile-env` leaves secrets in the image; that needs this to be true. */
  acceptSecretsInImage: z.optional(z.boolean()),
  /** Published on the host; left out: no plain http. */
  httpPort: z.optional(port),
  https: z.optional(https),
  /** An existing Docker network; left out: Docker's default one. `host` shares the host's. */
  network: z.optional(shortText),
  /** The database server's name as seen from inside the container, where it differs. */
  databaseServer: z.optional(shortText),
  redis: z.optional(secretReference),
  restart: z.enum(restartPolicies),
})

export const answersSchema = z.strictObject({
  $schema: z.optional(z.string()),
  version: z.literal(ANSWERS_VERSION),
  scenario: z.literal('new-installation'),
  hosting: z.enum(['docker', 'practice']),
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
    /** Accept an id or secret of another length. */
    useAnyway: z.optional(z.boolean()),
  }),
  certificate: z.strictObject({
    key: z.enum(certificateKeys),
    /** A distinguished name, such as `CN=Identity Service, O=Example`. */
    subject: shortText,
    days: z.int().check(z.minimum(1), z.maximum(36_500)),
  }),
  /** Needed for hosting `docker`. */
  container: z.optional(container),
  /** The Identity Service URL that Creatio and clients will use; left out: localhost and the published port. */
  publicUrl: z.optional(text),
  /** Only for hosting `practice`; left out: a free port. */
  practice: z.optional(z.strictObject({ port: z.optional(port) })),
  logging: z.strictObject({
    level: z.enum(logLevels),
    /** web.config's stdoutLogEnabled. */
    stdout: z.boolean(),
  }),
})

export type Answers = z.infer<typeof answersSchema>
export type ContainerAnswers = NonNullable<Answers['container']>
export type DatabaseAnswers = Answers['database']
