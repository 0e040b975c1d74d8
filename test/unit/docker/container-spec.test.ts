import { describe, expect, it } from 'vitest'
import { compareContainer, type Container } from '../../../electron/docker/container.ts'
import { type ContainerSpec, runArguments, specHash } from '../../../electron/docker/container-spec.ts'
import { SPEC_LABEL } from '../../../electron/docker/labels.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const spec: ContainerSpec = {
  name: 'identity',
  image: 'identity-service:8.3',
  imageId: 'abc',
  ports: [
    { host: 8080, container: 80 },
    { host: 8443, container: 443, address: '127.0.0.1' },
    { host: 8444, container: 443, address: '::1' },
  ],
  mounts: [
    {
      source: String.raw`C:\Program Files\Identity, "test"\appsettings.json`,
      target: '/app/appsettings.json',
    },
  ],
  environment: { ASPNETCORE_URLS: 'http://+:80', Password: new Secret('p=w"d$') },
  network: 'creatio',
  hosts: { 'host.docker.internal': 'host-gateway' },
  restart: 'unless-stopped',
  user: '1654:1654',
}

describe('runArguments', () => {
  it('describes the whole container, and a secret by its name only', () => {
    const { args, env } = runArguments(spec)
    expect(args).toEqual([
      'run',
      '-d',
      '--pull',
      'never',
      '--name',
      'identity',
      '--restart',
      'unless-stopped',
      '-p',
      '8080:80',
      '-p',
      '127.0.0.1:8443:443',
      '-p',
      '[::1]:8444:443',
      '--mount',
      String.raw`type=bind,"source=C:\Program Files\Identity, ""test""\appsettings.json",target=/app/appsettings.json,readonly`,
      '--env',
      'ASPNETCORE_URLS=http://+:80',
      '--env',
      'Password',
      '--network',
      'creatio',
      '--add-host',
      'host.docker.internal:host-gateway',
      '--user',
      '1654:1654',
      '--label',
      `${SPEC_LABEL}=${specHash(spec)}`,
      'identity-service:8.3',
    ])
    expect(env).toEqual({ Password: 'p=w"d$' })
  })

  it('leaves out what is not asked for', () => {
    const { args } = runArguments({ ...bare(), environment: {} })
    expect(args.slice(0, -3)).toEqual(['run', '-d', '--pull', 'never', '--name', 'a', '--restart', 'no'])
  })
})

describe('specHash', () => {
  it('does not depend on the order of names', () => {
    const { A, B } = { A: '1', B: new Secret('2') }
    expect(specHash({ ...bare(), environment: { A, B } })).toBe(
      specHash({ environment: { B, A }, ...rest() }),
    )
  })

  it('changes with a secret, a file content and an image', () => {
    const hashes = [
      spec,
      { ...spec, environment: { ...spec.environment, Password: new Secret('other') } },
      { ...spec, environment: { ...spec.environment, Password: '[hidden]' } },
      { ...spec, mounts: [{ ...spec.mounts[0]!, contentHash: 'x' }] },
      { ...spec, imageId: 'def' },
    ].map(specHash)
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

describe('compareContainer', () => {
  const container = (change: Partial<Container>): Container => ({
    id: '1',
    name: 'identity',
    state: 'running',
    exitCode: 0,
    restarts: 0,
    image: spec.image,
    imageId: 'abc',
    labels: { [SPEC_LABEL]: specHash(spec) },
    environment: {},
    mounts: [],
    ports: [],
    restart: 'no',
    network: 'bridge',
    workingFolder: '/app',
    ...change,
  })

  it('tells absent, as wanted, different and foreign apart', () => {
    expect(compareContainer(undefined, spec)).toBe('absent')
    expect(compareContainer(container({}), spec)).toBe('as-wanted')
    expect(compareContainer(container({ labels: { [SPEC_LABEL]: 'other' } }), spec)).toBe('differs')
    expect(compareContainer(container({ imageId: 'older' }), spec)).toBe('differs')
    expect(compareContainer(container({ labels: {} }), spec)).toBe('foreign')
  })
})

function bare(): ContainerSpec {
  return { ...rest(), environment: {} }
}

function rest(): Omit<ContainerSpec, 'environment'> {
  return { name: 'a', image: 'b', ports: [], mounts: [], restart: 'no' }
}
