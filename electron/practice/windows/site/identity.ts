import { createHash } from 'node:crypto'
import { lookUp } from '../configuration/element.ts'
import { tokenOf, userNamed } from './access.ts'
import type { SiteHost } from './host.ts'
import type { Scene } from './scene.ts'

/**
 * Whether the pool's account can log on as a batch job, which is how worker processes start
 * (https://learn.microsoft.com/iis/configuration/system.applicationhost/applicationpools/add/processmodel).
 * Built-in identities always can; of a group managed service account Windows knows the password itself.
 */
export function canLogOn(scene: Scene, host: Pick<SiteHost, 'reveal'>): boolean {
  const { pool, state } = scene
  const model = pool?.elements['processModel']?.attributes ?? {}
  if (pool === undefined || model['identityType'] !== 'SpecificUser') return pool !== undefined
  const user = userNamed(state, model['userName'] ?? '')
  if (user === undefined) return false
  const password = host.reveal(model['password'] ?? '')
  const right = user.kind === 'gmsa' ? password === '' : hashOf(password) === user.passwordHash
  const sids = tokenOf(pool, state)
  const holds = (name: string) =>
    (lookUp(state.privileges, name)?.[1] ?? []).some((sid) => sids.includes(sid))
  return right && holds('SeBatchLogonRight') && !holds('SeDenyBatchLogonRight')
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
