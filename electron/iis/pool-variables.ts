import type { Machine } from '../machine/machine.ts'
import { findObject } from './appcmd.ts'
import { attribute, child, childrenOf, secretAttribute } from './config-element.ts'

/**
 * The environment variables that a pool gives its worker processes (IIS 10 and later), by their names in lower case.
 * Values may be secret: they are for the service, not for show. Empty where there is no such pool. Rejects as
 * `listObjects`.
 * https://learn.microsoft.com/iis/configuration/system.applicationhost/applicationpools/add/environmentvariables/
 */
export async function poolVariables(machine: Machine, name: string): Promise<ReadonlyMap<string, string>> {
  const pool = await findObject(machine, 'apppool', name)
  const variables = childrenOf(child(child(pool, 'add'), 'environmentVariables'), 'add')
  return new Map(
    variables.map((variable) => [
      (attribute(variable, 'name') ?? '').toLowerCase(),
      secretAttribute(variable, 'value')?.open() ?? '',
    ]),
  )
}
