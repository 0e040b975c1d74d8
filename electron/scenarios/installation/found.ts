import type { Problem } from '../../contract/problem.ts'
import type { Installation } from '../../service/installation.ts'

/** Which installation is meant. */
export interface InstallationWishes {
  /** The folder of the service. */
  readonly target: string
  /** The service's container, where there is more than one, or none that is given a file of the folder. */
  readonly container?: string | undefined
  /** The service's website, where more than one shows the folder. */
  readonly site?: string | undefined
}

/** An installation as it is today, whoever set it up. */
export interface FoundInstallation {
  /** Of the record, or put together from its settings and what IIS or the container engine says. */
  readonly installation: Installation
  /** Whether this program set it up. */
  readonly recorded: boolean
  /** `appsettings.json` on this machine. */
  readonly settings: string
  /**
   * The PFX on this machine that the service signs with. Where the image holds it, this is the file in the folder that
   * the image is built from.
   */
  readonly pfx: string
  /** The container gets the PFX by its image, so that another one needs a new image. */
  readonly inImage: boolean
  /** What names the PFX to the service, and so what has to be changed for another path. */
  readonly namedBy: PfxNamedBy
  /** As it stands there; what a container sees is a path inside it. */
  readonly namedAs: string
  /** Whether `pfx` is what the service opens as far as its settings tell; false: the settings were not read. */
  readonly certain: boolean
  /**
   * Certificates by which callers know the service's address, as PEM, where nobody trusts them by themselves and no
   * file holds them (`installation.tlsCertificate`).
   */
  readonly trust?: string
  /** What was not seen, or was guessed. */
  readonly notes: readonly Problem[]
}

/** Where `X509CertificatePath` has its value from: what comes later here wins over what comes before. */
export type PfxNamedBy =
  /** Neither; the file beside the service is taken, as the vendor ships it. */
  | { readonly by: 'nothing' }
  | { readonly by: 'settings'; readonly file: string }
  /** A variable of the application pool. */
  | { readonly by: 'pool'; readonly pool: string }
  /** A variable in `web.config`. */
  | { readonly by: 'web.config'; readonly file: string }
  /** A variable of the container, or of its image. */
  | { readonly by: 'container'; readonly container: string }
