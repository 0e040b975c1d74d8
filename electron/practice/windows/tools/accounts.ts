import { sameName } from '../configuration/element.ts'
import type { ServerState } from '../state.ts'
import { poolSid, wellKnown } from './sids.ts'

const poolPrefix = 'IIS AppPool\\'

/**
 * The SID of an account by its name as this Windows shows it, or undefined. `IIS AppPool\X` exists once the pool
 * does (learn.microsoft.com “Application Pool Identities”).
 */
export function sidOfName(state: ServerState, name: string): string | undefined {
  const { language, name: computer } = state.system
  const known = Object.entries(wellKnown).find(
    ([, names]) => sameName(names[language], name) || sameName(names[language].split('\\').at(-1), name),
  )
  if (known) return known[0]
  if (name.toLowerCase().startsWith(poolPrefix.toLowerCase())) {
    const pool = name.slice(poolPrefix.length)
    return poolNames(state).some((each) => sameName(each, pool)) ? poolSid(pool) : undefined
  }
  if (sameName(state.token.user, name)) return state.token.sid
  const local = name.includes('\\') ? name : `${computer}\\${name}`
  return state.users.find((user) => sameName(user.name, local))?.sid
}

/** How this Windows shows an account; the SID itself where nothing has it. */
export function nameOfSid(state: ServerState, sid: string): string {
  const pool = poolNames(state).find((each) => poolSid(each) === sid)
  if (pool !== undefined) return `IIS APPPOOL\\${pool}`
  if (state.token.sid === sid) return state.token.user
  return wellKnown[sid]?.[state.system.language] ?? state.users.find((user) => user.sid === sid)?.name ?? sid
}

function poolNames({ iis }: ServerState): string[] {
  return iis.pools.map(({ attributes }) => attributes['name'] ?? '')
}
