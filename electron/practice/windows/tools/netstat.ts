import type { Language } from '../state.ts'
import { answer, type SimulatedTool } from '../tool.ts'
import { registeredSites } from './workers.ts'

const words: Readonly<Record<Language, { title: string; header: string; listening: string }>> = {
  en: {
    title: 'Active Connections',
    header: '  Proto  Local Address          Foreign Address        State           PID',
    listening: 'LISTENING',
  },
  de: {
    title: 'Aktive Verbindungen',
    header: '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    listening: 'ABHÖREN',
  },
  ru: {
    title: 'Активные подключения',
    header: '  Имя    Локальный адрес        Внешний адрес          Состояние       PID',
    listening: 'LISTENING',
  },
}

/** What HTTP.sys serves belongs to the kernel, which is process 4. */
const SYSTEM = 4
/** The remote procedure call service of each Windows. */
const RPC = { port: 135, pid: 912 }

/** netstat: `-ano -p TCP|TCPv6`, the listeners of this Windows. */
export const netstat: SimulatedTool = ({ args }, server) => {
  const { title, header, listening } = words[server.state.system.language]
  const [, protocol = ''] = /^-ano -p (tcp|tcpv6)$/i.exec(args.join(' ')) ?? []
  if (protocol === '') return answer(server, 1, `\r\n${title}\r\n\r\n`)
  const any = protocol.toLowerCase() === 'tcp' ? '0.0.0.0' : '[::]'
  const ports = registeredSites(server.state).flatMap(({ bindings }) => bindings.map(({ port }) => port))
  const rows = [RPC, ...[...new Set(ports)].map((port) => ({ port, pid: SYSTEM }))].map(
    ({ port, pid }) =>
      `  TCP    ${`${any}:${port}`.padEnd(23)}${`${any}:0`.padEnd(23)}${listening.padEnd(16)}${pid}\r\n`,
  )
  return answer(server, 0, `\r\n${title}\r\n\r\n${header}\r\n${rows.join('')}`)
}
