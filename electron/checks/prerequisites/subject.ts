import type { Answers } from '../../contract/answers.ts'
import type { Made, NewDatabase } from '../../database/new-database.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import type { Engine, EngineLook } from '../../docker/engine.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { SourceDescription } from '../../service/describe.ts'
import type { MachineCertificate } from '../../windows/certificates.ts'

interface WebsiteSubject {
  readonly account: { readonly sid: string; readonly name: string }
  readonly poolPassword?: Secret
  readonly certificate?: MachineCertificate
  /** What earlier setups into the same folder made; see `WebsiteFacts`. */
  readonly ours: ReadonlySet<string>
  /** A folder for files that Windows writes while it is asked; private to this user. */
  readonly scratch: string
}

/** What a setup needs, held against what is here. */
export interface PrerequisiteSubject {
  readonly machine: Machine
  readonly answers: Answers
  readonly source: SourceDescription
  /** Missing while the wizard has not asked for it yet. */
  readonly database?: DatabaseTarget
  /** How it is made, when it is to be. */
  readonly newDatabase?: {
    readonly wanted: NewDatabase
    readonly administrator: DatabaseTarget
    readonly made: Made
  }
  readonly tlsPassword?: Secret
  readonly engine?: Engine
  /** What was found when the engine was looked at for this setup. */
  readonly engineLook?: EngineLook
  readonly machineName: string
  /** What the plan for IIS rests on; missing while the wizard has not asked for all of it. */
  readonly website?: WebsiteSubject
}
