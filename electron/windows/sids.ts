import { createHash } from 'node:crypto'

/**
 * Accounts whose names are translated and whose SIDs are the same on every Windows.
 * https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers
 */
export const WELL_KNOWN = {
  everyone: 'S-1-1-0',
  authenticatedUsers: 'S-1-5-11',
  system: 'S-1-5-18',
  localService: 'S-1-5-19',
  networkService: 'S-1-5-20',
  administrators: 'S-1-5-32-544',
  users: 'S-1-5-32-545',
  iisUsers: 'S-1-5-32-568',
} as const

const NAMES: Readonly<Record<string, string>> = {
  [WELL_KNOWN.everyone]: 'Everyone',
  [WELL_KNOWN.authenticatedUsers]: 'Authenticated Users',
  [WELL_KNOWN.system]: 'SYSTEM',
  [WELL_KNOWN.localService]: 'LOCAL SERVICE',
  [WELL_KNOWN.networkService]: 'NETWORK SERVICE',
  [WELL_KNOWN.administrators]: 'Administrators',
  [WELL_KNOWN.users]: 'Users',
  [WELL_KNOWN.iisUsers]: 'IIS_IUSRS',
}

/** The English name of a well-known SID; the SID itself of any other. */
export function sidName(sid: string): string {
  return NAMES[sid] ?? sid
}

/**
 * The SID of the account `IIS AppPool\<name>`: SHA-1 of the name in lower case and UTF-16LE, read as five
 * little-endian numbers. It can be granted rights before there is such a pool; the name cannot.
 * https://learn.microsoft.com/iis/manage/configuring-security/application-pool-identities
 *
 * Unverified on a real server: how Windows lower-cases letters beyond ASCII. Names that this program gives are ASCII.
 */
export function applicationPoolSid(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(name.toLowerCase(), 'utf16le')).digest()
  return ['S-1-5-82', ...[0, 4, 8, 12, 16].map((offset) => hash.readUInt32LE(offset))].join('-')
}
