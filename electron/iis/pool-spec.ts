import { HIDDEN, type Secret } from '../secrets/secret.ts'
import { commandLine } from '../windows/tool.ts'
import { printObjects } from './appcmd-xml.ts'
import {
  attribute,
  child,
  configElement,
  type ConfigElement,
  same,
  withAttributes,
  withChild,
} from './config-element.ts'
import type { Pool } from './pool.ts'

/** The account of a pool's worker processes. */
type PoolIdentity =
  | { readonly account: 'ApplicationPoolIdentity' }
  /** `DOMAIN\user`, `.\user` or `user@domain`. */
  | { readonly account: 'SpecificUser'; readonly user: string; readonly password: Secret }
  /** A group managed service account, `DOMAIN\name$`: Windows itself holds its password. */
  | { readonly account: 'gMSA'; readonly user: string }

/**
 * An application pool as an ASP.NET Core service needs it: No Managed Code, Integrated, 64-bit, with the user profile
 * loaded and its environment set. https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/advanced
 */
export interface PoolSpec {
  readonly name: string
  readonly identity: PoolIdentity
}

type Attributes = Readonly<Record<string, string | undefined>>

const POOL: Attributes = {
  managedRuntimeVersion: '',
  managedPipelineMode: 'Integrated',
  enable32BitAppOnWin64: 'false',
}

/** https://learn.microsoft.com/iis/configuration/system.applicationhost/applicationpools/add/processmodel */
function processModel({ identity }: PoolSpec): Attributes {
  return {
    identityType: identity.account === 'ApplicationPoolIdentity' ? identity.account : 'SpecificUser',
    userName: identity.account === 'ApplicationPoolIdentity' ? undefined : identity.user,
    loadUserProfile: 'true',
    setProfileEnvironment: 'true',
  }
}

/**
 * How the pool is created: by arguments that hold no secret, or with a password from its XML on standard input.
 * `/managedRuntimeVersion:` is empty behind its colon, which means No Managed Code.
 */
export function createArguments(spec: PoolSpec): readonly string[] {
  if (spec.identity.account === 'SpecificUser') return ['add', 'apppool', '/in']
  return [
    'add',
    'apppool',
    `/name:${spec.name}`,
    ...switches('', POOL),
    ...switches('processModel.', processModel(spec)),
  ]
}

function switches(prefix: string, attributes: Attributes): readonly string[] {
  return Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [`/${prefix}${name}:${value}`],
  )
}

/** The commands that create the pool, as the plan shows them; see {@link poolInput} for what `/in` reads. */
export function poolCommands(spec: PoolSpec): readonly string[] {
  return [commandLine('appcmd', createArguments(spec))]
}

/** What `add apppool /in` is given on standard input, its password hidden; undefined where no input is needed. */
export function poolInput(spec: PoolSpec): string | undefined {
  if (spec.identity.account !== 'SpecificUser') return undefined
  const hidden = withChild(newPool(spec), 'add', (add) =>
    withChild(add, 'processModel', (model) => withAttributes(model, { password: HIDDEN })),
  )
  return printObjects([hidden])
}

/** A new pool as `add apppool /in` takes it, in the full form of an export. */
export function newPool(spec: PoolSpec): ConfigElement {
  return editedPool(
    configElement('APPPOOL', { 'APPPOOL.NAME': spec.name, state: 'Started' }, [
      configElement('add', { name: spec.name }),
    ]),
    spec,
  )
}

/** An exported pool with the wanted settings, and its other settings as they were. */
export function editedPool(exported: ConfigElement, spec: PoolSpec): ConfigElement {
  const { identity } = spec
  const password = identity.account === 'SpecificUser' ? identity.password : undefined
  const outside = withAttributes(exported, { PipelineMode: 'Integrated', RuntimeVersion: '' })
  return withChild(outside, 'add', (add) => {
    // A pool that does not start by itself would be missing after the next restart of the server.
    const autoStart = attribute(child(exported, 'add'), 'autoStart') === 'false' ? { autoStart: 'true' } : {}
    return withChild(withAttributes(add, { ...POOL, ...autoStart }), 'processModel', (model) =>
      withAttributes(model, { ...processModel(spec), password }),
    )
  })
}

/** A pool under another name. Its worker processes start only when told to where `autoStart` is `false`. */
export function renamedPool(pool: ConfigElement, name: string, autoStart: string | undefined): ConfigElement {
  return withChild(withAttributes(pool, { 'APPPOOL.NAME': name }), 'add', (add) =>
    withAttributes(add, { name, autoStart }),
  )
}

/**
 * In words, how a pool is other than wanted; empty when it is as wanted. Whether its password is, only
 * `passwordIs` can tell.
 */
export function poolDiffers(pool: Pool, spec: PoolSpec): readonly string[] {
  const { identity } = spec
  const wanted = processModel(spec)
  const user = wanted['userName'] ?? ''
  const otherAccount = pool.identityType !== wanted['identityType'] || (user !== '' && !same(pool.user, user))
  const checks: readonly (readonly [boolean, string])[] = [
    [pool.runtimeVersion !== '', `.NET CLR version ${pool.runtimeVersion} instead of No Managed Code`],
    [pool.pipelineMode !== 'Integrated', `pipeline mode ${pool.pipelineMode} instead of Integrated`],
    [pool.enable32Bit, '32-bit applications are enabled'],
    [
      otherAccount,
      `identity ${describe(pool.identityType, pool.user)} instead of ${describe(wanted['identityType'], user)}`,
    ],
    [identity.account === 'gMSA' && pool.hasPassword, 'a password is stored for a managed service account'],
    [!pool.loadUserProfile, 'Load User Profile is off'],
    [!pool.setProfileEnvironment, 'the environment of the user profile is not set (setProfileEnvironment)'],
    [!pool.autoStart, 'it does not start with IIS (autoStart)'],
  ]
  return checks.flatMap(([differs, words]) => (differs ? [words] : []))
}

function describe(identityType = '', user = ''): string {
  return identityType === 'SpecificUser' ? user : identityType
}
