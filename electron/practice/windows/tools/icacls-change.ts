import type { ServerState } from '../state.ts'
import { type Ace, type AceFlag, type Dacl, parseRights } from './acl.ts'
import { sidOfName } from './accounts.ts'
import type { IcaclsAction } from './icacls-arguments.ts'

/** An action with its account and rights understood. */
export type ResolvedAction =
  | Extract<IcaclsAction, { do: 'inheritance' }>
  | {
      readonly do: 'grant' | 'replace' | 'deny'
      readonly sid: string
      readonly mask: number
      readonly flags: readonly AceFlag[]
    }
  | { readonly do: 'remove'; readonly which: 'g' | 'd' | 'both'; readonly sid: string }

export type ActionRefusal = { readonly code: 87 | 1332; readonly text: string }

/** Understands the account and the rights of an action; `*SID` needs no account of that SID to exist. */
export function resolveAction(state: ServerState, action: IcaclsAction): ResolvedAction | ActionRefusal {
  if (action.do === 'inheritance') return action
  const sid = action.trustee.startsWith('*')
    ? /^S-1-\d+(-\d+)+$/i.exec(action.trustee.slice(1))?.[0].toUpperCase()
    : sidOfName(state, action.trustee)
  // Taking away from an unknown account fails without a word about which.
  if (sid === undefined) return { code: 1332, text: action.do === 'remove' ? '' : action.trustee }
  if (action.do === 'remove') return { do: 'remove', which: action.which, sid }
  const rights = parseRights(action.rights)
  if (rights === undefined) return { code: 87, text: `${action.trustee}:${action.rights}` }
  return { do: action.do, sid, ...rights }
}

/**
 * What an action makes of the list in force.
 *
 * @param kind of the file the list belongs to: entries of a file hand nothing down
 */
export function changed(dacl: Dacl, action: ResolvedAction, kind: 'file' | 'folder'): Dacl {
  if (action.do === 'inheritance') return inheritance(dacl, action.how)
  const ofOthers = (type?: 'A' | 'D') =>
    dacl.aces.filter(
      (ace) => isInherited(ace) || ace.sid !== action.sid || (type !== undefined && ace.type !== type),
    )
  if (action.do === 'remove') {
    const type = { g: 'A', d: 'D', both: undefined }[action.which] as 'A' | 'D' | undefined
    return { ...dacl, aces: ofOthers(type) }
  }
  const flags = kind === 'file' ? [] : action.flags
  const type = action.do === 'deny' ? 'D' : 'A'
  if (action.do === 'replace') return { ...dacl, aces: [entry(action, type, flags), ...ofOthers('A')] }
  const mine = dacl.aces.find(
    (ace) =>
      !isInherited(ace) && ace.sid === action.sid && ace.type === type && ace.flags.join() === flags.join(),
  )
  if (mine === undefined) return { ...dacl, aces: [entry(action, type, flags), ...dacl.aces] }
  return {
    ...dacl,
    aces: dacl.aces.map((ace) => (ace === mine ? { ...ace, mask: ace.mask | action.mask } : ace)),
  }
}

function entry(
  { sid, mask }: { sid: string; mask: number },
  type: 'A' | 'D',
  flags: readonly AceFlag[],
): Ace {
  return { type, flags, mask, sid }
}

/** `d` keeps what was inherited as entries of its own, `r` drops it, `e` takes from above again. */
function inheritance({ aces }: Dacl, how: 'e' | 'd' | 'r'): Dacl {
  if (how === 'e') return { closed: false, aces }
  if (how === 'r') return { closed: true, aces: aces.filter((ace) => !isInherited(ace)) }
  return {
    closed: true,
    aces: aces.map((ace) => ({ ...ace, flags: ace.flags.filter((flag) => flag !== 'ID') })),
  }
}

function isInherited({ flags }: Ace): boolean {
  return flags.includes('ID')
}
