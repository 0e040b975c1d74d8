import type { InstallationView } from '../../electron/contract/views.ts'
import { given, type Draft } from './given.ts'
import { useHosting } from './hosting.ts'
import { useMachine } from './machine.ts'

/** The service that a scenario looks after. */
export interface Place {
  readonly target: string
  /** Name of the service's container; empty where this program started it. */
  readonly container: string
  /** Name of the service's website, where several show the folder. */
  readonly site: string
}

export const noPlace: Place = { target: '', container: '', site: '' }

/** What every page has that asks for the service. */
export interface InstallationChoice extends Place {
  /** The folder is typed, although it may be one of a known installation. */
  readonly typing: boolean
  /** One of the installations that are known here. */
  choose(installation: InstallationView): void
  /** One that was set up by hand, or that this program has not found. */
  chooseOther(): void
  changePlace(place: Partial<Place>): void
}

/**
 * The choice itself, for a slice that keeps more than it. `move` takes the new place and forgets everything that was
 * found or chosen for the former one: none of it holds for another.
 */
export function choosing(
  get: () => InstallationChoice,
  move: (place: Place & { readonly typing: boolean }) => void,
  sayTyping: (typing: boolean) => void,
): Pick<InstallationChoice, 'choose' | 'chooseOther' | 'changePlace'> {
  return {
    choose: ({ target, hosting, practice }) => {
      useHosting.setState({ hosting, practice })
      if (get().target === target) sayTyping(false)
      else move({ ...noPlace, target, typing: false })
    },
    chooseOther: () => {
      if (get().typing) return
      useHosting.setState({ practice: false })
      move({ ...noPlace, typing: true })
    },
    changePlace: (place) => {
      const { target, container, site, typing } = { ...get(), ...place }
      const known = useMachine.getState().view?.installations.find((one) => one.target === target)
      useHosting.setState({ practice: known?.practice ?? false })
      move({ target, container, site, typing })
    },
  }
}

/** What the list of installations marks: the id of one, `other`, or nothing yet. */
export function chosenInstallation(
  { typing, target }: Pick<InstallationChoice, 'typing' | 'target'>,
  installations: readonly InstallationView[],
): string {
  if (typing) return 'other'
  if (target === '') return ''
  return installations.find((one) => one.target === target)?.id ?? 'other'
}

export const placeDraft = ({ target, container, site }: Place): Draft => ({
  ...given('target', target),
  ...given('container', container),
  ...given('site', site),
})

/** As the answers of every scenario name it. */
export const placeOf = ({
  target,
  container,
  site,
}: {
  readonly target: string
  readonly container?: string | undefined
  readonly site?: string | undefined
}): Place => ({ target, container: container ?? '', site: site ?? '' })
