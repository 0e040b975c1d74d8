import type { CheckReport, DatabaseLayer } from '../../../electron/contract/check.ts'

export const layersPassed: readonly DatabaseLayer[] = [
  { id: 'name', state: 'passed', summary: 'db01.corp.example is 10.20.4.31', ms: 4 },
  { id: 'tcp', state: 'passed', summary: 'Port 5432 answers', ms: 1 },
  { id: 'tls', state: 'passed', summary: 'TLS 1.3, certificate trusted, to 2 Mar 2028', ms: 12 },
  { id: 'login', state: 'passed', summary: 'As creatio to creatio_prod', ms: 31 },
  {
    id: 'server',
    state: 'passed',
    summary: 'PostgreSQL 15.8, 88 of 100 connections free',
    ms: 8,
    facts: [
      { label: 'Version', value: 'PostgreSQL 15.8 (Debian 15.8-0+deb12u1)' },
      { label: 'Encoding', value: 'UTF8, en_US.UTF-8' },
      { label: 'Read only', value: 'no' },
      { label: 'Free', value: '88 of 100 connections' },
    ],
  },
  { id: 'rights', state: 'passed', summary: 'May create tables in schema public', ms: 6 },
  { id: 'schema', state: 'passed', summary: 'No Identity Service tables yet', ms: 9 },
]

export const layersFailed: readonly DatabaseLayer[] = [
  ...layersPassed.slice(0, 5),
  {
    id: 'rights',
    state: 'failed',
    summary: 'May not create tables in schema public',
    ms: 6,
    driverMessage: 'ERROR 42501: permission denied for schema public',
    cause: 'From PostgreSQL 15 on, only the owner of a database may create tables in “public”.',
    remedy: {
      text: 'Let its owner run:',
      sql: 'GRANT USAGE, CREATE ON SCHEMA public TO creatio;',
    },
  },
  { id: 'schema', state: 'not-tried', summary: '', ms: 0 },
]

function passed(id: string, title: string, summary: string, ms: number): CheckReport {
  return {
    id,
    title,
    status: 'passed',
    why: 'Part of every installation.',
    summary,
    ms,
    evidence: [],
  }
}

export const prerequisitesPassed: readonly CheckReport[] = [
  passed(
    'service.archive',
    'IdentityService.zip is complete',
    '412 files, IdentityService.dll at the root',
    1120,
  ),
  passed('service.dockerfile', 'Dockerfile-OAuth', 'There, based on aspnet 8.0', 20),
  passed('service.key', 'No sample key in the archive', 'No openssl.pfx inside', 20),
  passed('target.folder', 'Target folder', 'Not there yet, 41.2 GB free', 50),
  passed('docker.engine', 'Docker engine', 'Docker 28.2.2, Linux containers', 340),
  passed('docker.name', 'Name identity-service is free', '4 containers, none with this name', 60),
  passed('docker.port', 'Port 8090 is free', 'No listener', 30),
  passed('creatio.connection', 'ConnectionStrings.config is readable', 'Entry “db”, PostgreSQL', 20),
  {
    ...passed('iis.module', 'IIS with ASP.NET Core Module V2', 'Hosting is Docker', 0),
    status: 'not-applicable',
  },
]

export const prerequisitesMixed: readonly CheckReport[] = [
  ...prerequisitesPassed.filter((check) => check.id !== 'docker.engine' && check.id !== 'target.folder'),
  {
    id: 'docker.engine',
    title: 'Docker engine',
    status: 'failed',
    why: 'The service runs in a container that this program makes.',
    summary: 'The client is there, the engine does not answer',
    ms: 340,
    evidence: [
      { label: 'Docker says', value: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' },
    ],
    cause: 'The engine is stopped, or this user may not use its socket.',
    remedy: { text: 'Start the engine, then check again.', command: 'sudo systemctl start docker' },
  },
  {
    id: 'target.folder',
    title: 'Target folder',
    status: 'warning',
    why: 'The service and its backups need about 400 MB.',
    summary: '610 MB free on /srv',
    ms: 50,
    evidence: [],
    remedy: { text: 'Free some space, or choose a folder on another disk.' },
  },
]

export const proofPassed: readonly CheckReport[] = [
  {
    id: 'proof.discovery',
    title: 'Discovery',
    status: 'passed',
    why: 'Creatio reads the addresses of the service from this document.',
    summary: '12 of 12 endpoints fit the URL',
    ms: 142,
    evidence: [
      { label: 'Asked', value: 'GET /.well-known/openid-configuration' },
      { label: 'Issuer', value: 'creatio.com' },
    ],
  },
  {
    id: 'proof.key',
    title: 'Signing key',
    status: 'passed',
    why: 'The service must sign with the certificate made here.',
    summary: 'Equal to openssl.pfx',
    ms: 38,
    evidence: [
      { label: 'openssl.pfx', value: '38D0A1025246F6E94B3FA32F7478AEA9F5E6447C' },
      { label: 'Service', value: '38D0A1025246F6E94B3FA32F7478AEA9F5E6447C' },
      {
        label: 'GET /.well-known/openid-configuration/jwks',
        value:
          '{ "keys": [{\n  "kty": "RSA", "use": "sig", "alg": "RS256",\n  "kid": "38D0A1025246F6E94B3FA32F7478AEA9F5E6447CRS256"\n}] }',
      },
    ],
  },
  {
    ...passed('proof.tables', 'Tables', '23 of 23 in schema public', 17),
    why: 'The service makes them at its first start.',
  },
  {
    ...passed('proof.client', 'System client', 'Row found, secret matches', 9),
    why: 'Creatio signs in as this client.',
  },
  {
    ...passed('proof.token', 'Token', 'Issued, signature valid', 61),
    why: 'Creatio needs one for each integration.',
  },
]

export const proofFailed: readonly CheckReport[] = [
  ...proofPassed.slice(0, 4),
  {
    id: 'proof.token',
    title: 'Token',
    status: 'failed',
    why: 'Creatio needs one for each integration.',
    summary: '400 invalid_client',
    ms: 88,
    cause: 'The secret in the database is another one than the one in appsettings.json.',
    remedy: {
      text: 'Restart the service, so that it writes its clients again, then check again.',
      command: 'docker restart identity-service',
    },
    evidence: [
      {
        label: 'Answer',
        value:
          'POST /connect/token\n400 Bad Request, application/json\n\n{ "error": "invalid_client" }\n\nclient_secret=[hidden]',
      },
    ],
  },
]

export const proofWarned: readonly CheckReport[] = [
  ...proofPassed.slice(0, 4),
  {
    id: 'proof.token',
    title: 'Token',
    status: 'warning',
    why: 'Creatio needs one for each integration.',
    summary:
      'A token was given by client_credentials, but without the scopes orders.read, ApplicationAccess_0f3c9b1e52d748a6a1f08e7f6f9b6c11.',
    ms: 64,
    cause:
      'The client may have what stands in ClientScopes, but the service issues only what it knows, by the table ApiScopes, and leaves the rest out without a word.',
    remedy: {
      text: 'Correct the names in the scopes of the client, or leave them out. Scopes that Creatio itself registers, such as ApplicationAccess_…, are there once Creatio has been connected.',
    },
    evidence: [
      { label: 'Scopes', value: 'IdentityServerApi, find_clients' },
      {
        label: 'Scopes left out',
        value: 'orders.read, ApplicationAccess_0f3c9b1e52d748a6a1f08e7f6f9b6c11',
      },
    ],
  },
]
