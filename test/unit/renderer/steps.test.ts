import { describe, expect, it } from 'vitest'
import { pageOfPath } from '../../../renderer/store/faults.ts'
import {
  isCommitted,
  neighbour,
  stepCount,
  stepIndex,
  stepsFor,
  type PageId,
} from '../../../renderer/store/steps.ts'

function walk(from: PageId, by: 1 | -1, hosting: 'docker' | 'iis'): PageId[] {
  const pages: PageId[] = []
  for (let page = from; pages.length < stepCount;) {
    const next = neighbour(page, by, hosting)
    if (next === page || next === 'start') break
    pages.push(next)
    page = next
  }
  return pages
}

describe('the order of the pages', () => {
  it('visits every page of an installation with Docker', () => {
    expect(walk('start', 1, 'docker')).toEqual(stepsFor('docker'))
  })

  it('has the website with IIS where it has the container with Docker, in both directions', () => {
    expect(walk('start', 1, 'iis')).toEqual(stepsFor('iis'))
    expect(stepsFor('iis').map((step) => (step === 'website' ? 'container' : step))).toEqual(
      stepsFor('docker'),
    )
    expect(stepIndex('website')).toBe(stepIndex('container'))
    expect(neighbour('logging', -1, 'iis')).toBe('website')
    expect(neighbour('website', -1, 'iis')).toBe('certificate')
    expect(neighbour('certificate', 1, 'docker')).toBe('container')
  })

  it('ends at Start and at Finish', () => {
    expect(neighbour('files', -1, 'docker')).toBe('start')
    expect(neighbour('finish', 1, 'docker')).toBe('finish')
  })

  it('has one point from which there is no way back', () => {
    expect(stepsFor('iis').filter(isCommitted)).toEqual(['install', 'proof', 'connect', 'finish'])
    expect(isCommitted('start')).toBe(false)
  })

  it('knows the page of each path of the answers', () => {
    expect(pageOfPath('container.httpPort', 'docker')).toBe('container')
    expect(pageOfPath('website.identity.user', 'iis')).toBe('website')
    expect(pageOfPath('service.source', 'docker')).toBe('files')
    expect(pageOfPath('publicUrl', 'docker')).toBe('container')
    expect(pageOfPath('publicUrl', 'iis')).toBe('website')
    expect(pageOfPath('version', 'iis')).toBeUndefined()
  })
})
