import type { SimulatedServer } from '../tool.ts'
import type { WebsiteBinding } from '../websites.ts'
import type { NetshAnswer } from './netsh-answer.ts'
import { registeredSites, workersOf } from './workers.ts'

/** The first build whose list names processes with their image; older ones list bare ids. */
const NEW_FORM = 20_348

/** `show servicestate view=requestq`: each started pool's queue with the addresses of its started sites. */
export function requestQueues(server: SimulatedServer): NetshAnswer {
  const sites = registeredSites(server.state)
  const queues = [...new Set(sites.map(({ pool }) => pool))].map((pool) => {
    const urls = sites.filter((site) => site.pool === pool).flatMap(({ bindings }) => bindings.map(urlOf))
    return queue(server, pool, urls)
  })
  const heading = 'Snapshot of HTTP service state (Request Queue View):'
  return {
    ok: true,
    text: `\r\n${heading}\r\n${'-'.repeat(heading.length)}\r\n\r\n${queues.join('\r\n')}\r\n`,
  }
}

/** `show urlacl`: the reservations that each Windows has. */
export function urlReservations(): NetshAnswer {
  const reservation =
    '    Reserved URL            : http://+:5985/wsman/ \r\n        User: NT SERVICE\\WinRM\r\n            Listen: Yes\r\n            Delegate: No\r\n'
  return { ok: true, text: `\r\nURL Reservations: \r\n----------------- \r\n\r\n${reservation}\r\n` }
}

function queue(server: SimulatedServer, pool: string, urls: readonly string[]): string {
  const workers = workersOf(server.state).filter((worker) => worker.pool === pool)
  const image = `${server.windows.windows}\\System32\\inetsrv\\w3wp.exe`
  const processes =
    server.state.system.build < NEW_FORM
      ? ['    Process IDs:', ...workers.map(({ pid }) => `        ${pid}`)]
      : ['    Processes:', ...workers.map(({ pid }) => `        ID: ${pid}, image: ${image}`)]
  return [
    `Request queue name: ${pool}`,
    '    Version: 2.0',
    '    State: Active',
    '    Request queue 503 verbosity level: Limited',
    '    Max requests: 1000',
    `    Number of active processes attached: ${workers.length}`,
    ...(workers.length > 0 ? processes : []),
    '    Registered URLs:',
    ...urls.map((url) => `        ${url}`),
    '',
  ].join('\r\n')
}

/** HTTP.sys writes what listens on one address with that address twice. */
function urlOf({ protocol, address, port, host }: WebsiteBinding): string {
  const scheme = protocol.toUpperCase()
  if (host !== '') return `${scheme}://${host.toUpperCase()}:${port}/`
  if (address === '*') return `${scheme}://*:${port}/`
  return `${scheme}://${address}:${port}:${address}/`
}
