import type { Server } from 'node:http'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { readFile } from 'node:fs/promises'
import { CRYPTOGRAPHIC, StartFailure, WRONG_PASSWORD } from './failure.ts'
import type { Service } from './service.ts'
import type { Settings } from './settings.ts'

/**
 * Serves a started service by itself, without IIS, at an address such as `http://127.0.0.1:8090`. With `https` the
 * certificate is the one of Kestrel:Certificates:Default. Resolves once it listens; throws a StartFailure when it
 * cannot.
 */
export async function serve(url: URL, service: Service): Promise<Server> {
  const secure = url.protocol === 'https:'
  const handle = service.listener(secure ? 'https:' : 'http:')
  const server = secure ? await tlsServer(service.settings, handle) : createServer(handle)
  const port = Number(url.port || (secure ? 443 : 80))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(notBound(url, error)))
    server.listen(port, url.hostname.replace(/^\[|\]$/g, ''), resolve)
  })
  return server
}

/** A wrong password or a broken file shows when the server is made, long before the first handshake. */
async function tlsServer(settings: Settings, handle: RequestListener): Promise<Server> {
  const path = settings.get('Kestrel:Certificates:Default:Path')
  if (path === undefined)
    throw new StartFailure(
      'System.InvalidOperationException',
      'Unable to configure HTTPS endpoint. No server certificate was specified, and the default developer certificate could not be found or is out of date.',
    )
  const pfx = await readFile(path).catch(() => {
    throw new StartFailure(
      'Interop+Crypto+OpenSslCryptographicException',
      'error:10000080:BIO routines::no such file',
    )
  })
  try {
    return createTlsServer(
      { pfx, passphrase: settings.get('Kestrel:Certificates:Default:Password') ?? '' },
      handle,
    )
  } catch {
    throw new StartFailure(CRYPTOGRAPHIC, WRONG_PASSWORD)
  }
}

function notBound(url: URL, error: NodeJS.ErrnoException): StartFailure {
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: 'address already in use',
    EACCES: 'permission denied',
    EADDRNOTAVAIL: 'cannot assign requested address',
  }
  const why = words[error.code ?? ''] ?? error.message
  const sentence = why[0]!.toUpperCase() + why.slice(1)
  return new StartFailure('System.IO.IOException', `Failed to bind to address ${url.origin}: ${why}.`, {
    type: 'Microsoft.AspNetCore.Connections.AddressInUseException',
    message: sentence,
    inner: { type: 'System.Net.Sockets.SocketException', message: sentence },
  })
}
