import { describe, expect, it } from 'vitest'
import { hostPath, mountSource } from '../../../electron/docker/host-path.ts'

const mount = (source: string, target: string) => ({ source, target, readOnly: true })

describe('hostPath', () => {
  const container = {
    mounts: [
      mount('/srv/id', '/app'),
      mount('/srv/keys/today.pfx', '/app/openssl.pfx'),
      mount('/srv/a', '/application/'),
      { ...mount('/var/lib/docker/volumes/k/_data', '/keys'), volume: 'k' },
    ],
  }

  it.each([
    ['/app/openssl.pfx', { path: '/srv/keys/today.pfx' }],
    ['/app/./keys/../openssl.pfx', { path: '/srv/keys/today.pfx' }],
    ['/app/appsettings.json', { path: '/srv/id/appsettings.json' }],
    ['/app', { path: '/srv/id' }],
    ['/application/x', { path: '/srv/a/x' }],
    ['/app..x', {}],
    ['/keys/a/b.pfx', { path: '/var/lib/docker/volumes/k/_data/a/b.pfx', volume: 'k' }],
    ['/etc/openssl.pfx', {}],
  ])('%s', (path, found) => expect(hostPath(container, path, 'linux')).toEqual(found))

  it('a mount of everything counts least', () => {
    const both = { mounts: [mount('/everything', '/'), mount('/srv/id', '/app')] }
    expect(hostPath(both, '/app/x', 'linux')).toEqual({ path: '/srv/id/x' })
    expect(hostPath(both, '/etc/x', 'linux')).toEqual({ path: '/everything/etc/x' })
  })
})

describe('mountSource', () => {
  it.each([
    ['/run/desktop/mnt/host/c/Services/Identity', 'C:\\Services\\Identity'],
    ['/host_mnt/d/id', 'D:\\id'],
    ['/host_mnt/d', 'D:\\'],
    ['C:\\Services\\Identity', 'C:\\Services\\Identity'],
    ['/var/lib/docker/volumes/k/_data', '/var/lib/docker/volumes/k/_data'],
    ['/run/desktop/mnt/host/wsl/x', '/run/desktop/mnt/host/wsl/x'],
  ])('of Docker Desktop on Windows: %s', (source, path) => {
    expect(mountSource({ source }, 'win32')).toBe(path)
    expect(mountSource({ source }, 'linux')).toBe(source)
  })
})
