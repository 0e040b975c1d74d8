import type { ComponentType } from 'react'
import type { PageId } from '../store/steps.ts'

const loaders: Record<Exclude<PageId, 'start'>, () => Promise<{ readonly default: ComponentType }>> = {
  files: () => import('./files.tsx'),
  hosting: () => import('./hosting.tsx'),
  prerequisites: () => import('./prerequisites.tsx'),
  database: () => import('./database.tsx'),
  client: () => import('./client.tsx'),
  replacement: () => import('./replace-installation.tsx'),
  'client-service': () => import('./change-service.tsx'),
  'new-client': () => import('./change-client.tsx'),
  certificate: () => import('./certificate.tsx'),
  website: () => import('./website.tsx'),
  container: () => import('./container.tsx'),
  logging: () => import('./logging.tsx'),
  restart: () => import('./replace-restart.tsx'),
  review: () => import('./review.tsx'),
  install: () => import('./install.tsx'),
  proof: () => import('./proof.tsx'),
  connect: () => import('./connect.tsx'),
  finish: () => import('./finish.tsx'),
}

const loaded = new Map<PageId, ComponentType>()

/** The first page comes with the program: fetching it would only keep the window empty for longer. */
export function bringStart(component: ComponentType): void {
  loaded.set('start', component)
}

/** Ends when the page's code is there. */
export async function loadPage(page: PageId): Promise<void> {
  if (page !== 'start' && !loaded.has(page)) loaded.set(page, (await loaders[page]()).default)
}

/** A page whose code has been loaded before. */
export function pageOf(page: PageId): ComponentType {
  const component = loaded.get(page)
  if (component === undefined) throw new Error(`Page ${page} was shown before it was loaded`)
  return component
}

/** Fetches the rest while nothing else is to do, so that later pages appear at once. */
export async function loadRest(): Promise<void> {
  for (const page of Object.keys(loaders) as PageId[]) await loadPage(page)
}
