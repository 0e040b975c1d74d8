import type { Machine } from '../machine/machine.ts'
import { readRights } from './acl-file.ts'
import { type Dacl, type DaclEntry, isSid } from './sddl.ts'
import { sidName, WELL_KNOWN } from './sids.ts'
import { commandLine, runTool, toolFailed } from './tool.ts'

type Right = 'R' | 'RX' | 'M' | 'F'

interface Grant {
  readonly sid: string
  /** For people: as Windows shows it, such as `IIS AppPool\IdentityService`. */
  readonly name: string
  readonly rights: Right
}

export interface WantedRights {
  readonly path: string
  /** What a folder grants goes for all that is below it. */
  readonly kind: 'file' | 'folder'
  /** Only these have access, and nothing is inherited; otherwise they are added to those who have it. */
  readonly exact: boolean
  readonly grants: readonly Grant[]
}

/** What icacls sets for its simple rights, with SYNCHRONIZE. */
const MASKS: Readonly<Record<Right, number>> = { R: 0x120089, RX: 0x1200a9, M: 0x1301bf, F: 0x1f01ff }
const WORDS: Readonly<Record<Right, string>> = {
  R: 'read',
  RX: 'read and execute',
  M: 'modify',
  F: 'do everything',
}

/** Every account that a pool may run as is one of these, so that a denial for them meets it. */
const BROAD: readonly string[] = [
  WELL_KNOWN.everyone,
  WELL_KNOWN.authenticatedUsers,
  WELL_KNOWN.users,
  WELL_KNOWN.iisUsers,
]

export function rightsMatch(dacl: Dacl, wanted: WantedRights): boolean {
  return missingRights(dacl, wanted).length === 0
}

/** How an access list differs from what is wanted, a short sentence each; empty: it does not. */
export function missingRights(dacl: Dacl, wanted: WantedRights): readonly string[] {
  const lacks = wanted.grants.flatMap((grant) => lacking(dacl, wanted, grant))
  return wanted.exact ? [...lacks, ...tooMuch(dacl, wanted)] : lacks
}

function lacking(dacl: Dacl, { kind }: WantedRights, { sid, name, rights }: Grant): readonly string[] {
  const mask = MASKS[rights]
  const allowed = allowedTo(dacl, sid)
  const denied = dacl.entries.find(
    (entry) =>
      entry.type === 'deny' && (isSid(entry.sid, sid) || BROAD.includes(entry.sid)) && entry.mask & mask,
  )
  return [
    ...(places(kind).some((place) => (allowed[place] & mask) !== mask)
      ? [`${name} lacks the right to ${WORDS[rights]}.`]
      : []),
    ...(denied ? [`${denied.sid === sid ? name : sidName(denied.sid)} is denied a part of it.`] : []),
  ]
}

function tooMuch(dacl: Dacl, { kind, grants }: WantedRights): readonly string[] {
  const others = dacl.entries.filter(
    (entry) => entry.type !== 'allow' || !grants.some(({ sid }) => isSid(entry.sid, sid)),
  )
  return [
    ...(dacl.protected ? [] : ['Rights are inherited from the folder above.']),
    ...new Set(others.map(({ sid }) => `${sidName(sid)} has an entry of its own.`)),
    ...grants.flatMap(({ sid, name, rights }) => {
      const allowed = allowedTo(dacl, sid)
      return places(kind).some((place) => (allowed[place] | MASKS[rights]) !== MASKS[rights])
        ? [`${name} has more than the right to ${WORDS[rights]}.`]
        : []
    }),
  ]
}

type Place = 'self' | 'files' | 'folders'

function places(kind: WantedRights['kind']): readonly Place[] {
  return kind === 'file' ? ['self'] : ['self', 'files', 'folders']
}

/** What an account may do where: one entry with (OI)(CI) and several that together say the same are equal. */
function allowedTo({ entries }: Dacl, account: string): Readonly<Record<Place, number>> {
  const masks = { self: 0, files: 0, folders: 0 }
  for (const { type, flags, mask, sid } of entries) {
    if (type !== 'allow' || !isSid(sid, account)) continue
    if (!flags.includes('IO')) masks.self |= mask
    // Handed on to the next level only, it is not a right over all that is below.
    if (flags.includes('NP')) continue
    if (flags.includes('OI')) masks.files |= mask
    if (flags.includes('CI')) masks.folders |= mask
  }
  return masks
}

/**
 * Gives a file or folder the wanted rights by one command, so that nobody is without access in between, and looks
 * whether it has them then.
 * @param scratch an existing folder, in which a file stands for a moment
 * Rejects with `windows.rights-not-set`, and as `readRights`.
 */
export async function setRights(machine: Machine, wanted: WantedRights, scratch: string): Promise<void> {
  const args = argumentsFor(wanted, await readRights(machine, wanted.path, scratch))
  const result = await runTool(machine, 'icacls', args, { timeoutMs: CHANGE_MS })
  const missing =
    result.exitCode === 0 ? missingRights(await readRights(machine, wanted.path, scratch), wanted) : []
  if (result.exitCode === 0 && missing.length === 0) return
  throw toolFailed('icacls', args, result, {
    code: 'windows.rights-not-set',
    what: `The rights of “${wanted.path}” were not set.`,
    where: { file: wanted.path },
    ...(missing.length > 0 ? { cause: missing.join(' ') } : {}),
    next: 'Check in Properties, Security who may change the rights of it, then try again.',
  })
}

/** A folder hands its entries on to every file below, one by one. */
const CHANGE_MS = 10 * 60_000

/** The command of {@link setRights} as the plan shows it, for a path that has no entries of its own. */
export function rightsCommand(wanted: WantedRights): string {
  return commandLine('icacls', rightsArguments(wanted))
}

/** Its arguments, one by one. */
export function rightsArguments(wanted: WantedRights): readonly string[] {
  return argumentsFor(wanted, { protected: false, entries: [] })
}

/** https://learn.microsoft.com/windows-server/administration/windows-commands/icacls */
function argumentsFor({ path, kind, exact, grants }: WantedRights, before: Dacl): readonly string[] {
  const below = kind === 'folder' ? '(OI)(CI)' : ''
  const given = grants.map(({ sid, rights }) => `*${sid}:${below}${rights}`)
  if (!exact) return [path, '/grant:r', ...given, '/q']
  // What is inherited goes by itself; the grants replace what their accounts were allowed, not what they were denied.
  const ofItsOwn = before.entries.filter((entry) => !entry.inherited)
  const isGranted = (entry: DaclEntry) => grants.some(({ sid }) => isSid(entry.sid, sid))
  const strangers = ofItsOwn.filter((entry) => !isGranted(entry))
  const denials = ofItsOwn.filter((entry) => entry.type === 'deny' && isGranted(entry))
  return [
    path,
    '/inheritance:r',
    '/grant:r',
    ...given,
    ...removal('/remove', strangers),
    ...removal('/remove:d', denials),
    '/q',
  ]
}

function removal(option: string, entries: readonly DaclEntry[]): readonly string[] {
  const sids = new Set(entries.map(({ sid }) => `*${sid}`))
  return sids.size === 0 ? [] : [option, ...sids]
}
