import { join } from 'node:path'
import type { Answers, WebsiteAnswers } from '../../electron/contract/answers.ts'
import type { Server } from './server.ts'

/** Kinds of websites that the workflow sets up. */
export const VARIANTS = ['http', 'https', 'account'] as const
export type Variant = (typeof VARIANTS)[number]

export interface VariantWishes {
  readonly variant: Variant
  /** Tells site, pool and folder apart from those of other setups. */
  readonly name: string
  readonly archive: string
  readonly httpPort: number
  readonly httpsPort: number
  /** The part `database` of the answers; left out in a practice run, which has one of its own. */
  readonly database?: Answers['database']
  /** For `account`: a local account, and the file with its password. */
  readonly account?: { readonly user: string; readonly passwordFile: string }
}

/** Where a setup's files come to lie; the folder around them is watched for what is left behind. */
export function folderOf(
  { work }: Server,
  name: string,
): { readonly around: string; readonly target: string } {
  const around = join(work, 'sites', name)
  return { around, target: join(around, 'IdentityService') }
}

/** Complete answers for one setup. */
export function answersFor(server: Server, wishes: VariantWishes): Answers {
  const { name, archive, database } = wishes
  return {
    version: 1,
    scenario: 'new-installation',
    hosting: 'iis',
    ...(server.practice ? { practice: true } : {}),
    service: { source: archive, target: folderOf(server, name).target },
    database: database ?? { from: 'practice' },
    client: { id: 'generate', name: 'Creatio', secret: 'generate' },
    certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service', days: 365 },
    website: { site: name, pool: name, ...websiteOf(wishes) },
    logging: { level: 'Information', stdout: true },
  }
}

function websiteOf(wishes: VariantWishes): Omit<WebsiteAnswers, 'site' | 'pool'> {
  const { variant, httpPort, httpsPort, account } = wishes
  switch (variant) {
    case 'http':
      return {
        identity: { account: 'ApplicationPoolIdentity' },
        http: { port: httpPort },
        development: true,
      }
    case 'https':
      return {
        identity: { account: 'ApplicationPoolIdentity' },
        http: { port: httpPort, redirect: true },
        https: { port: httpsPort, certificate: { from: 'self-signed' } },
        firewall: true,
      }
    case 'account':
      if (!account) throw new Error('The variant “account” needs an account.')
      return {
        identity: {
          account: 'SpecificUser',
          user: `.\\${account.user}`,
          password: `file:${account.passwordFile}`,
        },
        http: { port: httpPort },
        development: true,
      }
  }
}

/** Display name of the firewall rule that a setup adds. */
export function firewallRuleOf(name: string): string {
  return `Creatio Identity Service (${name})`
}

/** Parts of the footprint that a setup changes: one that cannot be seen there would be taken back unproven. */
export function visibleParts(variant: Variant): readonly string[] {
  const always = ['application pools', 'websites', 'files', 'rights', 'installations']
  const https = ['certificates of HTTP.sys', 'certificates of the machine', 'firewall rule']
  return variant === 'https' ? [...always, ...https] : always
}
