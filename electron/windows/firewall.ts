import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { runScript, ScriptFailure, type ScriptOptions } from './powershell.ts'
import { record, text, texts } from './reading.ts'

/** An inbound rule of Windows Firewall. The words are those of its enumerations, the same in every language. */
export interface FirewallRule {
  /** Its identity, which no console shows; compared without regard to case. */
  readonly name: string
  /** What consoles show; several rules may share one. */
  readonly displayName: string
  readonly enabled: boolean
  readonly direction: string
  readonly action: string
  /** Such as `Domain, Private`. */
  readonly profile: string
  readonly protocol: string
  /** Single ports or ranges such as `8090-8092`. */
  readonly ports: readonly string[]
}

export interface WantedRule {
  readonly name: string
  readonly displayName: string
  readonly ports: readonly number[]
}

/** The rule of a name, or undefined. Rejects as {@link addFirewallRule}. */
export function findFirewallRule(
  machine: Machine,
  name: string,
  options: ScriptOptions = {},
): Promise<FirewallRule | undefined> {
  return askFirewall(
    machine,
    { action: 'find', name },
    `The firewall rule “${name}” was not looked at.`,
    options,
  )
}

/**
 * Lets TCP connections to these ports in, for domain and private networks. A rule of that name that is there already
 * is left as it is and returned. Needs elevation. Rejects with `firewall.refused`, and as runScript.
 * https://learn.microsoft.com/powershell/module/netsecurity/new-netfirewallrule
 */
export async function addFirewallRule(
  machine: Machine,
  { name, displayName, ports }: WantedRule,
  options: ScriptOptions = {},
): Promise<FirewallRule> {
  const failed = `The firewall rule “${name}” was not added.`
  const question = { action: 'add', name, displayName, ports: ports.map(String) }
  const rule = await askFirewall(machine, question, failed, options)
  if (rule === undefined) throw new SetupError({ code: 'firewall.refused', what: failed, next: NEXT })
  return rule
}

/** Removes a rule. Nothing to remove is not an error. Needs elevation. Rejects as {@link addFirewallRule}. */
export async function removeFirewallRule(
  machine: Machine,
  name: string,
  options: ScriptOptions = {},
): Promise<void> {
  const failed = `The firewall rule “${name}” was not removed.`
  const rule = await askFirewall(machine, { action: 'remove', name }, failed, options)
  if (rule !== undefined) throw new SetupError({ code: 'firewall.refused', what: failed, next: NEXT })
}

/** Whether a rule lets connections to all these ports in, as {@link addFirewallRule} makes it. */
export function firewallRuleFits(rule: FirewallRule, wanted: WantedRule): boolean {
  const { enabled, direction, action, protocol } = rule
  const inbound = enabled && direction === 'Inbound' && action === 'Allow' && protocol === 'TCP'
  return inbound && wanted.ports.every((port) => rule.ports.includes(String(port)))
}

/** For the plan: what an administrator would type in PowerShell. */
export function firewallCommand({ name, displayName, ports }: WantedRule): string {
  const quoted = (word: string) => `'${word.replaceAll("'", "''")}'`
  const what = `-Direction Inbound -Action Allow -Protocol TCP -LocalPort ${ports.join(', ')} -Profile 'Domain', 'Private'`
  return `New-NetFirewallRule -Name ${quoted(name)} -DisplayName ${quoted(displayName)} ${what}`
}

const NEXT = 'Check that Windows Firewall runs and that no policy manages its rules, then try again.'

async function askFirewall(
  machine: Machine,
  question: Readonly<Record<string, unknown>> & { readonly name: string },
  failed: string,
  options: ScriptOptions,
): Promise<FirewallRule | undefined> {
  // The cmdlets take a name for a pattern, and a pattern could mean the rules of others.
  if (/[*?[\]`]/.test(question.name))
    throw new SetupError({
      code: 'firewall.name',
      what: failed,
      cause: `The name “${question.name}” has characters that make it a pattern.`,
      next: 'Choose a name without asterisks, question marks and brackets.',
    })
  const answer = await runScript(machine, 'firewall', question, options).catch((error: unknown) => {
    throw error instanceof ScriptFailure
      ? new SetupError(
          { ...error.problem, code: 'firewall.refused', what: failed, next: NEXT },
          { cause: error },
        )
      : error
  })
  const rule = record(answer['rule'])
  return text(rule['name']) === '' ? undefined : firewallRule(rule)
}

function firewallRule(found: Readonly<Record<string, unknown>>): FirewallRule {
  return {
    name: text(found['name']),
    displayName: text(found['displayName']),
    enabled: text(found['enabled']) === 'True',
    direction: text(found['direction']),
    action: text(found['action']),
    profile: text(found['profile']),
    protocol: text(found['protocol']),
    ports: texts(found['ports']),
  }
}
