import { describe, expect, it } from 'vitest'
import { pageOfPath } from '../../../renderer/store/faults.ts'
import { isCommitted, neighbour, steps, type PageId } from '../../../renderer/store/steps.ts'

function walk(from: PageId, by: 1 | -1, hosting: 'docker' | 'practice'): PageId[] {
  const pages: PageId[] = []
  for (let page = from; pages.length < steps.length;) {
    const next = neighbour(page, by, hosting)
    if (next === page || next === 'start') break
    pages.push(next)
    page = next
  }
  return pages
}

describe('the order of the pages', () => {
  it('visits every page of an installation with Docker', () => {
    expect(walk('start', 1, 'docker')).toEqual([...steps])
  })

  it('leaves out the container in a practice run, in both directions', () => {
    expect(walk('start', 1, 'practice')).toEqual(steps.filter((step) => step !== 'container'))
    expect(neighbour('logging', -1, 'practice')).toBe('certificate')
  })

  it('ends at Start and at Finish', () => {
    expect(neighbour('files', -1, 'docker')).toBe('start')
    expect(neighbour('finish', 1, 'docker')).toBe('finish')
  })

  it('has one point from which there is no way back', () => {
    expect(steps.filter(isCommitted)).toEqual(['install', 'proof', 'connect', 'finish'])
    expect(isCommitted('start')).toBe(false)
  })

  it('knows the page of each path of the answers', () => {
    expect(pageOfPath('container.httpPort')).toBe('container')
    expect(pageOfPath('service.source')).toBe('files')
    expect(pageOfPath('publicUrl')).toBe('container')
    expect(pageOfPath('version')).toBeUndefined()
  })
})
