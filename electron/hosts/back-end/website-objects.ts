import type { Problem } from '../../contract/problem.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Pool } from '../../iis/pool.ts'
import { listPools } from '../../iis/pools.ts'
import type { Site } from '../../iis/site.ts'
import { listSites } from '../../iis/sites.ts'
import { whose, whosePool, type Owner } from '../../iis/suggest.ts'
import { whyUnseen } from '../../iis/unseen.ts'
import type { Machine } from '../../machine/machine.ts'
import { listInstallations } from '../../service/installation.ts'
import type { Draft } from './draft.ts'
import type { WizardState } from './state.ts'

export type OwnedSite = Site & { readonly whose: Owner }
export type OwnedPool = Pool & { readonly whose: Owner }

/** What IIS has, and whose it is. */
export interface IisObjects {
  readonly sites: readonly OwnedSite[]
  readonly pools: readonly OwnedPool[]
  /** Why nothing could be looked at. */
  readonly unknown?: Problem
}

/** The websites and pools of this server. Empty, with the reason, where nobody with the rights has looked. */
export async function lookAtIisObjects(
  { session }: WizardState,
  machine: Machine,
  draft: Draft,
): Promise<IisObjects> {
  const creatio = draft['creatio'] as { folder?: unknown } | undefined
  const folder = typeof creatio?.folder === 'string' ? creatio.folder : undefined
  try {
    const [sites, pools, installations] = await Promise.all([
      listSites(machine),
      listPools(machine),
      listInstallations(machine, session.stateFolder),
    ])
    const known = { installations, ...(folder === undefined ? {} : { creatioFolder: folder }) }
    const owned = sites.map((site) => ({ ...site, whose: whose(site, known) }))
    return {
      sites: owned,
      pools: pools.map((pool) => ({
        ...pool,
        whose: whosePool(pool, sites, known),
      })),
    }
  } catch (error) {
    const why = whyUnseen(error)
    if (why === undefined) throw error
    // No IIS yet: Prerequisites says so, and nothing is in it.
    return { sites: [], pools: [], ...(why === 'no-iis' ? {} : { unknown: problemOf(error) }) }
  }
}
