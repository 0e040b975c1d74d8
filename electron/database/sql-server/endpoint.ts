import { isIP } from 'node:net'
import type { Machine } from '../../machine/machine.ts'
import type { Finding } from '../connection-test/layers.ts'
import { askBrowser, type BrowserAnswer } from './browser.ts'
import type { MssqlSettings } from './settings.ts'

/** A named instance whose port nobody tells. */
export class UnknownInstance extends Error {
  readonly answer: Exclude<BrowserAnswer['kind'], 'port'>

  constructor(answer: UnknownInstance['answer']) {
    super('SQL Server Browser tells no port.')
    this.name = 'UnknownInstance'
    this.answer = answer
  }
}

/**
 * The TCP port to connect to: the one that is written, or the one that SQL Server Browser tells of the instance.
 * @param browserPort where tests have their Browser; there is no setting for it.
 * @throws UnknownInstance
 */
export async function portOf(
  machine: Machine,
  { host, instance, port }: MssqlSettings,
  signal: AbortSignal,
  browserPort?: number,
): Promise<number> {
  if (instance === undefined) return port
  const addresses = isIP(host) ? [host] : await machine.network.lookup(host)
  const answer = await askBrowser(addresses, instance, signal, browserPort)
  if (answer.kind === 'port') return answer.port
  throw new UnknownInstance(answer.kind)
}

/** Words for an instance that was not found: error 26 of Microsoft's driver. */
export function explainInstance(
  { answer }: UnknownInstance,
  { host, instance = '' }: MssqlSettings,
): Finding {
  const remedy = {
    text: `Enter the server as “${host},port” with the port that SQL Server Configuration Manager shows for ${instance}, or start SQL Server Browser and open UDP port 1434 to ${host}.`,
  }
  const failed = { state: 'failed', remedy } as const
  switch (answer) {
    case 'no-tcp':
      return {
        ...failed,
        summary: `The instance ${instance} does not listen on TCP`,
        cause: `SQL Server Browser on ${host} knows the instance and tells no TCP port of it.`,
        remedy: {
          text: `Enable TCP/IP for ${instance} in SQL Server Configuration Manager, and restart the instance.`,
        },
      }
    case 'nonsense':
      return {
        ...failed,
        summary: `What answers at UDP port 1434 of ${host} is not SQL Server Browser`,
      }
    case 'silent':
      return {
        ...failed,
        summary: `SQL Server Browser on ${host} says nothing about the instance ${instance}`,
        cause:
          'The service “SQL Server Browser” is stopped, a firewall drops UDP port 1434, or there is no instance of that name. The service’s driver would say “error: 26 - Error Locating Server/Instance Specified”.',
      }
  }
}
