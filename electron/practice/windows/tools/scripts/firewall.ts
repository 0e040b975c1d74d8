import { sameName } from '../../configuration/element.ts'
import type { SimulatedFirewallRule } from '../../state.ts'
import type { SimulatedServer } from '../../tool.ts'
import { win32Text } from '../win32-errors.ts'
import { DotNetException, type Json, type Script, textIn } from './script.ts'

/** One rule of Windows Firewall, by its name: finds, adds, removes it. */
export const firewall: Script = (question, server) => {
  const name = textIn(question, 'name')
  const rule = server.state.firewall.find((each) => sameName(each.name, name))
  const action = textIn(question, 'action')
  if (action === 'add' && rule === undefined) return { rule: facts(add(question, name, server)) }
  if (action === 'remove' && rule !== undefined) {
    if (!server.state.token.elevated) throw denied(server)
    server.state.firewall = server.state.firewall.filter((each) => each !== rule)
    return { rule: null }
  }
  return { rule: rule ? facts(rule) : null }
}

function add(question: Json, name: string, server: SimulatedServer): SimulatedFirewallRule {
  if (!server.state.token.elevated) throw denied(server)
  const ports = Array.isArray(question['ports']) ? question['ports'].map(String) : []
  const rule: SimulatedFirewallRule = {
    name,
    displayName: textIn(question, 'displayName'),
    direction: 'in',
    action: 'allow',
    protocol: 'TCP',
    ports,
    profiles: ['Domain', 'Private'],
    enabled: true,
  }
  server.state.firewall.push(rule)
  return rule
}

function facts(rule: SimulatedFirewallRule): Json {
  return {
    name: rule.name,
    displayName: rule.displayName,
    enabled: rule.enabled ? 'True' : 'False',
    direction: rule.direction === 'in' ? 'Inbound' : 'Outbound',
    action: rule.action === 'allow' ? 'Allow' : 'Block',
    profile: rule.profiles.join(', '),
    protocol: rule.protocol,
    ports: rule.ports,
  }
}

/** NativeErrorCode of this type is WMI's own enumeration, in which 2 is AccessDenied. */
function denied({ state }: SimulatedServer): DotNetException {
  return new DotNetException(
    'Microsoft.Management.Infrastructure.CimException',
    0x80131500,
    win32Text(5, state.system.language),
    2,
  )
}
