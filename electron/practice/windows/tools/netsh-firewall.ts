import { sameName } from '../configuration/element.ts'
import type { SimulatedFirewallRule } from '../state.ts'
import type { SimulatedServer } from '../tool.ts'
import type { NetshAnswer, NetshParameters } from './netsh-answer.ts'
import { netshTexts } from './netsh-texts.ts'

/** `advfirewall firewall add|show|delete rule`: the rules go by their display names here. */
export const firewall = { add, show, delete: remove }

function add(server: SimulatedServer, { values, loose }: NetshParameters): NetshAnswer {
  const texts = netshTexts[server.state.system.language]
  const name = values.get('name')
  const direction = values.get('dir')
  const action = values.get('action')
  if (
    !isRule(loose) ||
    name === undefined ||
    (direction !== 'in' && direction !== 'out') ||
    (action !== 'allow' && action !== 'block')
  )
    return refused(texts.essential)
  if (!server.state.token.elevated) return refused(texts.elevation)
  const rule: SimulatedFirewallRule = {
    name: `{${name}}`,
    displayName: name,
    direction,
    action,
    protocol: values.get('protocol') ?? 'any',
    ports: values.get('localport')?.split(',') ?? [],
    profiles: values.get('profile')?.split(',') ?? ['any'],
    enabled: true,
  }
  // Not idempotent: a second one of that name stands beside the first.
  server.state.firewall.push(rule)
  return { ok: true, text: `${texts.ok}\r\n\r\n` }
}

function show(server: SimulatedServer, { values, loose }: NetshParameters): NetshAnswer {
  const texts = netshTexts[server.state.system.language]
  const name = values.get('name')
  if (!isRule(loose) || name === undefined) return refused(texts.essential)
  const found = named(server, name)
  if (found.length === 0) return refused(texts.noRules)
  const blocks = found.map((rule) =>
    [`Rule Name: ${rule.displayName}`, '-'.repeat(70), `LocalPort: ${rule.ports.join(',')}`, ''].join('\r\n'),
  )
  return { ok: true, text: `\r\n${blocks.join('\r\n')}${texts.ok}\r\n\r\n` }
}

function remove(server: SimulatedServer, { values, loose }: NetshParameters): NetshAnswer {
  const texts = netshTexts[server.state.system.language]
  const name = values.get('name')
  if (!isRule(loose) || name === undefined) return refused(texts.essential)
  if (!server.state.token.elevated) return refused(texts.elevation)
  const found = named(server, name)
  if (found.length === 0) return refused(texts.noRules)
  server.state.firewall = server.state.firewall.filter((rule) => !found.includes(rule))
  return { ok: true, text: `\r\nDeleted ${found.length} rule(s).\r\n${texts.ok}\r\n\r\n` }
}

function named({ state }: SimulatedServer, name: string): readonly SimulatedFirewallRule[] {
  return state.firewall.filter(({ displayName }) => sameName(displayName, name))
}

function isRule(loose: readonly string[]): boolean {
  return loose.length === 1 && loose[0]!.toLowerCase() === 'rule'
}

function refused(text: string): NetshAnswer {
  return { ok: false, text: `\r\n${text}\r\n\r\n` }
}
