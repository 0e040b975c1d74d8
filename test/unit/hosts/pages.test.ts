import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPages, type Pages } from '../../../electron/hosts/pages.ts'

let root: string
let pages: Pages

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pages-'))
  await mkdir(join(root, 'renderer', 'assets'), { recursive: true })
  await writeFile(join(root, 'secret.js'), 'outside')
  await writeFile(join(root, 'renderer', 'index.html'), '<meta nonce="__CSP_NONCE__"><b>__CSP_NONCE__</b>')
  await writeFile(join(root, 'renderer', 'assets', 'index-1a2b.js'), 'export {}')
  await writeFile(join(root, 'renderer', 'assets', 'notes.txt'), 'not a page')
  await writeFile(join(root, 'renderer', '.hidden.js'), 'hidden')
  pages = createPages(join(root, 'renderer'))
})
afterAll(() => rm(root, { recursive: true }))

const text = async (path: string) => Buffer.from((await pages(path)).body).toString()
const policy = async (path: string) => (await pages(path)).headers['content-security-policy'] ?? ''

describe('pages', () => {
  it('puts a new nonce into every load, the same in the page and in the policy', async () => {
    const answer = await pages('/')
    const nonce = /nonce="([^"]+)"/.exec(Buffer.from(answer.body).toString())?.[1] ?? 'none'
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    expect(answer.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}';`)
    expect(await text('/')).not.toContain(nonce)
    expect(await text('/index.html')).not.toContain('__CSP_NONCE__')
  })

  it('allows nothing by default and nothing inline', async () => {
    expect(await policy('/')).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(await policy('/')).not.toContain('unsafe')
    expect(await policy('/')).toContain("frame-ancestors 'none'")
    expect(await policy('/assets/index-1a2b.js')).toMatch(/^default-src 'none'; base-uri/)
  })

  it('serves scripts by their type and never lets it be guessed', async () => {
    const answer = await pages('/assets/index-1a2b.js')
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  it.each([
    '/../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/../../secret.js',
    '/assets/..%5c..%5csecret.js',
    '/..\\secret.js',
    '//secret.js',
    '/C:/secret.js',
    '/assets/index-1a2b.js::$DATA',
    '/assets/index-1a2b.js%00.html',
    '/%E0%A4%A',
    '/.hidden.js',
    '/assets/notes.txt',
    '/assets/',
    '/assets',
    '/missing.js',
    '',
  ])('answers 404 to %j', async (path) => {
    expect((await pages(path)).status).toBe(404)
  })
})
