import { samePath } from './paths.ts'
import type { Site } from './site.ts'

/** An application of a site that shows a folder. */
export interface ServedFolder {
  readonly site: Site
  /** `/` for the site's own root. */
  readonly path: string
  readonly pool: string
}

/** The applications whose folder this is, whatever the spelling of the path. */
export function applicationsIn(sites: readonly Site[], folder: string): readonly ServedFolder[] {
  return sites.flatMap((site) =>
    site.applications
      .filter((application) => application.folder !== '' && samePath(application.folder, folder))
      .map(({ path, pool }) => ({ site, path, pool })),
  )
}
