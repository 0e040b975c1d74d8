import type { ServicePlace } from './service-place.ts'

/** How the running service is made to read its files anew. */
export type Restart =
  | { readonly how: 'recycle-pool' }
  | { readonly how: 'restart-container' }
  /** For a service whose image holds the files: a new container from the image of this tag, freshly built. */
  | { readonly how: 'recreate-container'; readonly image: string }

/** A service and how it is restarted. */
export interface RestartedService {
  readonly place: ServicePlace
  readonly restart: Restart
}
