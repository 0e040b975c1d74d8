import * as z from 'zod/mini'
import { port, secretReference, shortText, text } from './answer-values.ts'

/** Where the service runs: the answers about a container, and about an IIS website. */

const settingsWays = ['mounted-file', 'dockerfile-env', 'environment'] as const
const restartPolicies = ['no', 'on-failure', 'unless-stopped', 'always'] as const

const https = z.strictObject({
  port,
  /** A PFX with the certificate of the public name; left out: a self-signed one is made, for development. */
  certificate: z.optional(text),
  password: z.optional(secretReference),
})

export const containerName = z.string().check(z.regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/))

export const container = z.strictObject({
  name: containerName,
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

/** What IIS, appcmd and the log of a tired administrator take without quoting. Names are compared without regard to case. */
const iisName = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$/,
      'Use letters, digits, spaces, dots, hyphens and underscores, at most 64, with a letter or digit at both ends.',
    ),
  )
const hostHeader = z
  .string()
  .check(
    z.maxLength(255),
    z.regex(
      /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i,
      'Write a DNS name, such as identity.example.com.',
    ),
  )

/** The account that worker processes of the application pool run as. */
const poolIdentity = z.discriminatedUnion('account', [
  z.strictObject({ account: z.literal('ApplicationPoolIdentity') }),
  z.strictObject({
    account: z.literal('SpecificUser'),
    /** `DOMAIN\user`, `.\user` or `user@domain`. */
    user: shortText,
    password: secretReference,
  }),
  /** A group managed service account, `DOMAIN\name$`; Windows itself holds its password. */
  z.strictObject({
    account: z.literal('gMSA'),
    user: z.string().check(z.regex(/^[^\\@\p{Cc}]+\\[^\\@\p{Cc}]+\$$/u, 'Write it as DOMAIN\\name$.')),
  }),
])

const websiteCertificate = z.discriminatedUnion('from', [
  /** One of the machine's store, LocalMachine\My. */
  z.strictObject({
    from: z.literal('store'),
    /** SHA-1 of the certificate, 40 hex digits. */
    thumbprint: z
      .string()
      .check(z.regex(/^[0-9A-Fa-f]{40}$/, 'Give the thumbprint: 40 digits from 0 to F, without blanks.')),
  }),
  /** A PFX that is imported into the machine's store. */
  z.strictObject({ from: z.literal('pfx'), file: text, password: z.optional(secretReference) }),
  /** Made here and imported; for development, because nobody trusts it by itself. */
  z.strictObject({ from: z.literal('self-signed') }),
])

/** An IIS site with an application pool of its own. */
export const website = z.strictObject({
  site: iisName,
  pool: iisName,
  identity: poolIdentity,
  /** Host header of the bindings; left out: the site answers to every name. */
  hostName: z.optional(hostHeader),
  /** Plain http; left out: no such binding. */
  http: z.optional(z.strictObject({ port, redirect: z.optional(z.boolean()) })),
  https: z.optional(
    z.strictObject({
      port,
      /** Server Name Indication: the certificate belongs to `hostName` only, and other sites may share the port. */
      sni: z.optional(z.boolean()),
      certificate: websiteCertificate,
    }),
  ),
  /** Open the ports in Windows Firewall, for domain and private networks. */
  firewall: z.optional(z.boolean()),
  /** Without HTTPS secrets and tokens cross the network in clear; that needs this to be true. */
  development: z.optional(z.boolean()),
  /** What someone else made and this setup may change, each named: `site:NAME`, `pool:NAME`, `certificate:ENDPOINT`. */
  takeOver: z.optional(z.array(z.string().check(z.regex(/^(site|pool|certificate):.+$/)))),
})
