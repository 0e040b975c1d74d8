import { describe, expect, it } from 'vitest'
import {
  isCommitted,
  neighbour,
  pageOfPath,
  stepIndex,
  stepsFor,
  type Course,
  type PageId,
} from '../../../renderer/store/steps.ts'

const docker: Course = { scenario: 'new-installation', hosting: 'docker' }
const iis: Course = { scenario: 'new-installation', hosting: 'iis' }
const replacement: Course = { scenario: 'replace-certificate', hosting: 'iis' }
const change: Course = { scenario: 'change-client', hosting: 'iis' }

function walk(from: PageId, by: 1 | -1, course: Course): PageId[] {
  const pages: PageId[] = []
  for (let page = from; pages.length < stepsFor(course).length;) {
    const next = neighbour(course, page, by)
    if (next === page || next === 'start') break
    pages.push(next)
    page = next
  }
  return pages
}

describe('the order of the pages', () => {
  it('visits every page of an installation with Docker', () => {
    expect(walk('start', 1, docker)).toEqual(stepsFor(docker))
  })

  it('has the website with IIS where it has the container with Docker, in both directions', () => {
    expect(walk('start', 1, iis)).toEqual(stepsFor(iis))
    expect(stepsFor(iis).map((step) => (step === 'website' ? 'container' : step))).toEqual(stepsFor(docker))
    expect(stepIndex(iis, 'website')).toBe(stepIndex(docker, 'container'))
    expect(neighbour(iis, 'logging', -1)).toBe('website')
    expect(neighbour(iis, 'website', -1)).toBe('certificate')
    expect(neighbour(docker, 'certificate', 1)).toBe('container')
  })

  it('ends at Start and at Finish', () => {
    expect(neighbour(docker, 'files', -1)).toBe('start')
    expect(neighbour(docker, 'finish', 1)).toBe('finish')
  })

  it('has one point from which there is no way back', () => {
    expect(stepsFor(iis).filter(isCommitted)).toEqual(['install', 'proof', 'connect', 'finish'])
    expect(isCommitted('start')).toBe(false)
  })

  it('knows the page of each path of the answers', () => {
    expect(pageOfPath(docker, 'container.httpPort')).toBe('container')
    expect(pageOfPath(iis, 'website.identity.user')).toBe('website')
    expect(pageOfPath(docker, 'service.source')).toBe('files')
    expect(pageOfPath(docker, 'publicUrl')).toBe('container')
    expect(pageOfPath(iis, 'publicUrl')).toBe('website')
    expect(pageOfPath(iis, 'version')).toBeUndefined()
  })

  it('visits every page of a replacement, and passes over those of an installation', () => {
    expect(walk('start', 1, replacement)).toEqual(stepsFor(replacement))
    expect(stepIndex(replacement, 'database')).toBe(-1)
    expect(neighbour(replacement, 'proof', 1)).toBe('finish')
    expect(neighbour(replacement, 'certificate', -1)).toBe('replacement')
    expect(stepsFor(replacement).filter(isCommitted)).toEqual(['install', 'proof', 'finish'])
  })

  it('has the same replacement for both kinds of hosting: the numbers stay when the service is found', () => {
    expect(stepsFor({ ...replacement, hosting: 'docker' })).toEqual(stepsFor(replacement))
  })

  it('sends a problem with a path to the page of its own scenario', () => {
    expect(pageOfPath(replacement, 'installation.target')).toBe('replacement')
    expect(pageOfPath(replacement, 'certificate.file')).toBe('certificate')
    expect(pageOfPath(replacement, 'creatio.pool')).toBe('restart')
    expect(pageOfPath(iis, 'creatio.folder')).toBe('files')
    expect(pageOfPath(replacement, 'service.source')).toBeUndefined()
  })

  it('ends the change of a client where Creatio is told of it', () => {
    expect(walk('start', 1, change)).toEqual(stepsFor(change))
    expect(neighbour(change, 'proof', 1)).toBe('connect')
    expect(stepsFor(change).filter(isCommitted)).toEqual(['install', 'proof', 'connect', 'finish'])
    expect(stepsFor({ ...change, hosting: 'docker' })).toEqual(stepsFor(change))
  })

  it('asks which client it is where the service is chosen, and what it becomes on the page after', () => {
    expect(pageOfPath(change, 'client.current')).toBe('client-service')
    expect(pageOfPath(change, 'client.id')).toBe('new-client')
    expect(pageOfPath(change, 'client.grantTypes')).toBe('new-client')
    expect(pageOfPath(change, 'databaseServer')).toBe('client-service')
    expect(pageOfPath(iis, 'client.current')).toBe('client')
  })
})
