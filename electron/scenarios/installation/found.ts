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
  /** Whether it is one of a practice run; left out: either. */
  readonly practice?: boolean | undefined
}

/** An installation as it is today, whoever set it up. Holds no secret. */
export interface FoundInstallation extends PfxToday {
  /**
   * Of the record, with the PFX of today; or put together from its settings and what IIS or the container engine says:
   * then `clientId` may be empty, and `installedAt` is when it was found.
   */
  readonly installation: Installation
  /** Whether this program set it up. */
  readonly recorded: boolean
  /** `appsettings.json` on this machine. */
  readonly settings: string
  /**
   * Certificates by which this program can trust the service's address, as PEM, where no file holds them
   * (`installation.tlsCertificate`).
   */
  readonly trust?: string
}

/** The PFX that a service signs with, and how it comes to know it. */
export interface PfxToday {
  /**
   * On this machine. Where the image holds it, this is the file in the folder that the image is built from; where the
   * engine's own volume holds it, where the engine keeps that.
   */
  readonly pfx: string
  /** The container gets the PFX by its image, so that another one needs a new image. */
  readonly inImage: boolean
  /** The name of the engine's own volume that holds the PFX. */
  readonly volume?: string
  /** What names the PFX to the service, and so what has to be changed for another path. */
  readonly namedBy: PfxNamedBy
  /** As it stands there: relative to the service's folder, or inside the container. */
  readonly namedAs: string
  /** Whether `pfx` is what the service opens, as far as its settings tell; false: they were not read, or do not tell. */
  readonly certain: boolean
  /** What was not seen, was guessed, or is not right. */
  readonly notes: readonly Problem[]
}

/** What gives `X509CertificatePath` its value; a later one wins over those before it. */
export type PfxNamedBy =
  /** None of the others. The file beside the service is taken, as the vendor's settings name it. */
  | { readonly by: 'nothing' }
  /** `appsettings.json`, or that of the environment, such as `appsettings.Production.json`. */
  | { readonly by: 'settings'; readonly file: string }
  /** A variable of the application pool. */
  | { readonly by: 'pool'; readonly pool: string }
  /** A variable in `web.config`. */
  | { readonly by: 'web.config'; readonly file: string }
  /** A variable of the container or of its image. */
  | { readonly by: 'container'; readonly container: string }
