import type { Problem } from '../contract/problem.ts'
import { nameOf } from './appcmd.ts'
import { attribute, child, type ConfigElement, holdsSecret, secretAttribute } from './config-element.ts'
import { type RunState, stateOf } from './run-state.ts'

/** An application pool as IIS has it, without its password. */
export interface Pool {
  readonly name: string
  readonly state: RunState
  /** Empty: No Managed Code. */
  readonly runtimeVersion: string
  readonly pipelineMode: string
  readonly enable32Bit: boolean
  /** `ApplicationPoolIdentity`, `SpecificUser`, `NetworkService`, `LocalService` or `LocalSystem`. */
  readonly identityType: string
  /** Empty unless the identity is `SpecificUser`. */
  readonly user: string
  readonly hasPassword: boolean
  /** A password, or variables of the environment, which may be secret, too. */
  readonly holdsSecrets: boolean
  readonly loadUserProfile: boolean
  readonly setProfileEnvironment: boolean
  readonly autoStart: boolean
}

/**
 * A pool from its object with what it inherits (`/config:*`).
 *
 * Unverified on a real server: that every inherited value is listed there. What is missing counts as the default of
 * IIS's schema; what matters most is also on the object itself.
 * https://learn.microsoft.com/iis/configuration/system.applicationhost/applicationpools/add/processmodel
 */
export function readPoolObject(object: ConfigElement): Pool {
  const add = child(object, 'add')
  const model = child(add, 'processModel')
  const identityType = attribute(model, 'identityType') ?? 'ApplicationPoolIdentity'
  return {
    name: nameOf(object),
    state: stateOf(object),
    runtimeVersion: attribute(add, 'managedRuntimeVersion') ?? attribute(object, 'RuntimeVersion') ?? 'v4.0',
    pipelineMode: attribute(add, 'managedPipelineMode') ?? attribute(object, 'PipelineMode') ?? 'Integrated',
    enable32Bit: isTrue(attribute(add, 'enable32BitAppOnWin64'), false),
    identityType,
    user: identityType === 'SpecificUser' ? (attribute(model, 'userName') ?? '') : '',
    hasPassword: secretAttribute(model, 'password') !== undefined,
    holdsSecrets: holdsSecret(object),
    loadUserProfile: isTrue(attribute(model, 'loadUserProfile'), false),
    setProfileEnvironment: isTrue(attribute(model, 'setProfileEnvironment'), true),
    autoStart: isTrue(attribute(add, 'autoStart'), true),
  }
}

/**
 * Why a pool that someone else made is not taken over, or undefined when it may be: a password that this setup was
 * not given could not be put back by anyone if something went wrong half way.
 */
export function poolTakeOverProblem(pool: Pool): Problem | undefined {
  if (!pool.holdsSecrets) return undefined
  return {
    code: 'iis.pool-holds-secrets',
    what: `The application pool “${pool.name}” is not taken over.`,
    cause: pool.hasPassword
      ? `It runs as ${pool.user} with a password that only those who set it up know.`
      : 'It has environment variables, whose values may be secret.',
    next: 'Choose another name for the pool, or delete this one in IIS Manager when nobody needs it.',
    untouched: 'The pool was not changed.',
  }
}

function isTrue(value: string | undefined, otherwise: boolean): boolean {
  return value === undefined ? otherwise : value.toLowerCase() === 'true'
}
