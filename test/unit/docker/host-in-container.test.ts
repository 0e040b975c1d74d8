import { describe, expect, it } from 'vitest'
import { hostSeenFromContainer } from '../../../electron/docker/host-in-container.ts'

const docker = { hostName: 'host.docker.internal' } as const

describe('hostSeenFromContainer', () => {
  it.each([
    ['localhost', 'host.docker.internal'],
    ['LOCALHOST', 'host.docker.internal'],
    ['127.0.0.1', 'host.docker.internal'],
    ['127.1.2.3', 'host.docker.internal'],
    ['::1', 'host.docker.internal'],
    ['[::1]', 'host.docker.internal'],
    ['(local)', 'host.docker.internal'],
    ['.', 'host.docker.internal'],
    [String.raw`.\SQLEXPRESS`, String.raw`host.docker.internal\SQLEXPRESS`],
    ['tcp:localhost,1433', 'host.docker.internal,1433'],
    ['/var/run/postgresql', 'host.docker.internal'],
    [String.raw`np:\\.\pipe\sql\query`, 'host.docker.internal'],
  ])('%s is not this machine in a container', (host, suggestion) => {
    expect(hostSeenFromContainer(host, {}, docker)).toMatchObject({ reachable: false, suggestion })
  })

  it.each(['db.example.com', '10.0.0.5', 'localhost.example.com', String.raw`sql01\CREATIO`])(
    '%s is',
    (host) => {
      expect(hostSeenFromContainer(host, {}, docker)).toEqual({ reachable: true })
    },
  )

  it('leaves localhost alone on the network of the host', () => {
    expect(hostSeenFromContainer('localhost', { network: 'host' }, docker)).toEqual({ reachable: true })
  })

  it("doubts this machine's own name", () => {
    const seen = hostSeenFromContainer('SRV01', {}, { hostName: 'host.containers.internal' }, 'srv01')
    expect(seen).toMatchObject({ reachable: true, suggestion: 'host.containers.internal' })
  })
})
