import type { ConnectionPool } from 'mssql'
import type { Machine } from '../../machine/machine.ts'
import { openSocket } from '../connection-test/sockets.ts'
import { trustedRoots } from '../trusted-roots.ts'
import { loginMssql } from './client.ts'
import { pinnedCertificate } from './pinned-certificate.ts'
import { portOf } from './endpoint.ts'
import { prelogin } from './prelogin.ts'
import type { MssqlSettings } from './settings.ts'

/**
 * Logs in as the connection test does, without looking at each layer by itself.
 * @param browserPort see {@link portOf}
 * @throws MssqlLoginError, UnknownInstance or the socket's error
 */
export async function openMssql(
  machine: Machine,
  settings: MssqlSettings,
  signal: AbortSignal,
  browserPort?: number,
): Promise<ConnectionPool> {
  const port = await portOf(machine, settings, signal, browserPort)
  const { certificates: ca } = await trustedRoots(machine)
  const pin = await pinnedCertificate(machine, settings)
  if (settings.encrypt !== 'optional')
    return loginMssql(settings, { port, encrypts: true, insists: false, ca, pin }, signal)
  const socket = await openSocket(settings.host, port, signal)
  socket.on('error', () => undefined)
  const encryption = await prelogin(socket).finally(() => socket.destroy())
  const [encrypts, insists] = [encryption !== 'not-supported', encryption === 'required']
  return loginMssql(settings, { port, encrypts, insists, ca, pin }, signal)
}
