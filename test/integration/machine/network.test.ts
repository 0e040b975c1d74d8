import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { HttpRequest } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { freePort } from '../../free-port.ts'

const { network } = realMachine()
const servers: Server[] = []
let folder: string
let cert: string
let key: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'machine-network-'))
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2']
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', files.key, '-out', files.cert]
  await promisify(execFile)('openssl', args.concat(subject))
  cert = await readFile(files.cert, 'utf8')
  key = await readFile(files.key, 'utf8')
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

async function listen<T extends Server>(server: T, host = '127.0.0.1', port = 0): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return (server.address() as AddressInfo).port
}
const serve = async (listener: RequestListener) => `http://127.0.0.1:${await listen(createServer(listener))}`
const codeOf = (url: string, request?: HttpRequest) =>
  network.http(url, request).then(
    ({ status }) => `answered ${status}`,
    (error: unknown) => (error instanceof SetupError ? error.problem.code : String(error)),
  )

describe('http', () => {
  it('sends what it is given and reads the answer', async () => {
    const url = await serve((request, answer) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        answer.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'x-seen': request.headers['x-own'] })
        answer.end(`\uFEFF${request.method} ${request.url} ${body} ü`)
      })
    })
    const answer = await network.http(`${url}/p?q=1`, {
      method: 'POST',
      body: 'käse',
      headers: { 'x-own': 'y' },
    })
    expect(answer).toMatchObject({ status: 201, body: 'POST /p?q=1 käse ü' })
    expect(answer.headers).toMatchObject({ 'set-cookie': 'a=1, b=2', 'x-seen': 'y' })
  })

  it('returns a redirect and does not follow it', async () => {
    const url = await serve((_request, answer) =>
      answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    )
    expect(await network.http(url)).toMatchObject({
      status: 302,
      headers: { location: 'http://127.0.0.1:1/' },
    })
  })

  it('means the whole exchange by its time limit', async () => {
    const silent = await serve(() => {})
    expect(await codeOf(silent, { timeoutMs: 200 })).toBe('http.timeout')
    const dripping = await serve((_request, answer) => {
      const timer = setInterval(() => answer.write('x'), 20)
      answer.on('close', () => clearInterval(timer))
    })
    expect(await codeOf(dripping, { timeoutMs: 300 })).toBe('http.timeout')
  })

  it('stops when asked to', async () => {
    const silent = await serve(() => {})
    expect(await codeOf(silent, { signal: AbortSignal.timeout(50) })).toBe('http.cancelled')
    expect(await codeOf(silent, { signal: AbortSignal.abort() })).toBe('http.cancelled')
    const whilePreparing = new AbortController()
    const asked = codeOf(silent, { signal: whilePreparing.signal, timeoutMs: 5_000 })
    whilePreparing.abort()
    expect(await asked).toBe('http.cancelled')
  })

  it('refuses an answer that is too long', async () => {
    const url = await serve((_request, answer) => answer.end('x'.repeat(2000)))
    expect(await codeOf(url, { maxBytes: 2000 })).toBe('answered 200')
    expect(await codeOf(url, { maxBytes: 1999 })).toBe('http.too-long')
  })

  it('tells refused, reset, no HTTP, unknown name and no address apart', async () => {
    expect(await codeOf(`http://127.0.0.1:${await freePort()}/`)).toBe('http.refused')
    const rude = await listen(createTcp((socket) => socket.on('error', () => {}).resetAndDestroy()))
    expect(await codeOf(`http://127.0.0.1:${rude}/`)).toBe('http.reset')
    const cut = await serve((_request, answer) => {
      answer.writeHead(200, { 'content-length': '100' }).write('half')
      setTimeout(() => answer.socket?.destroy(), 50)
    })
    expect(await codeOf(cut)).toBe('http.reset')
    const other = await listen(
      createTcp(
        (socket) =>
          void socket
            .on('error', () => {})
            .resume()
            .end('SSH-2.0-x\r\n'),
      ),
    )
    expect(await codeOf(`http://127.0.0.1:${other}/`)).toBe('http.reset')
    expect(await codeOf('http://no-such-name.invalid/')).toBe('http.name')
    for (const address of ['', 'localhost', 'file:///etc/passwd', 'http://'])
      expect(await codeOf(address)).toBe('http.address')
  })

  it('says nothing of user, password and query', async () => {
    const error = await network
      .http('http://anna:S3cret@127.0.0.1:1/p?token=S3cret')
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ problem: { code: 'http.refused' } })
    expect(JSON.stringify((error as SetupError).problem)).not.toContain('S3cret')
  })

  it('trusts what it is told to trust, and the name must fit', async () => {
    const port = await listen(
      createSecure({ cert, key }, (_request, answer) => answer.end('ok')),
      'localhost',
    )
    expect(await codeOf(`https://localhost:${port}/`)).toBe('http.tls')
    expect(await codeOf(`https://localhost:${port}/`, { trust: [cert] })).toBe('answered 200')
    const url = `https://127.0.0.1:${await listen(createSecure({ cert, key }))}/`
    await expect(network.http(url, { trust: [cert] })).rejects.toMatchObject({
      problem: { code: 'http.tls', cause: 'Its certificate is not made out to “127.0.0.1”.' },
    })
    expect(await codeOf(`http://localhost:${port}/`)).toBe('http.reset')
    expect(await codeOf((await serve(() => {})).replace('http:', 'https:'))).toBe('http.tls')
  })
})

describe('portFree', () => {
  it.each(['127.0.0.1', '0.0.0.0', '::1'])('sees a listener on %s', async (host) => {
    const port = await listen(createTcp(), host, await freePort())
    expect(await network.portFree(port)).toBe(false)
    await new Promise((resolve) => servers.pop()!.close(resolve))
    expect(await network.portFree(port)).toBe(true)
  })

  it('takes no number that is no port', async () => {
    for (const port of [0, -1, 65_536, 1.5]) expect(await network.portFree(port)).toBe(false)
  })
})

it('looks names up', async () => {
  expect(await network.lookup('127.0.0.1')).toEqual(['127.0.0.1'])
  await expect(network.lookup('no-such-name.invalid')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})
