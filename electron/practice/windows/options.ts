import type { ArmedFault, Language, ServerState, UnverifiedBehaviour } from './state.ts'

/** What a simulated server is made with. All of it but `siteScript` counts only the first time in a folder. */
export interface PracticeWindowsOptions {
  /** The module that serves a site: `--state FOLDER --site NAME`. Left out: sites are never really served. */
  readonly siteScript?: string
  /** Default `en`. */
  readonly language?: Language
  /** `filtered`: an administrator whose process is not elevated. `user`: no administrator. Default `elevated`. */
  readonly token?: 'elevated' | 'filtered' | 'user'
  /** 14393 is Windows Server 2016, 17763 is 2019, 20348 (default) is 2022, 26100 is 2025. */
  readonly build?: number
  /** False: IIS is not installed. */
  readonly iis?: boolean
  /** Features that are disabled. */
  readonly withoutFeatures?: readonly string[]
  /** `before-iis`: the hosting bundle was installed when there was no IIS to put its module into. Default `ready`. */
  readonly module?: 'ready' | 'missing' | 'before-iis'
  /** Installed versions of .NET and ASP.NET Core. Default 8.0.22. */
  readonly runtimes?: readonly string[]
  /** The services of IIS do not run. */
  readonly wasStopped?: boolean
  /** Certificates of the machine to choose from, and an installer of the hosting bundle on the drive. */
  readonly demonstration?: boolean
  /** Folder of Creatio's website. */
  readonly creatioFolder?: string
  readonly faults?: readonly ArmedFault[]
  readonly unverified?: Partial<UnverifiedBehaviour>
  /** Last changes to the initial state. */
  readonly adjust?: (state: ServerState) => void
}
