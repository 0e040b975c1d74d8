// Pictures of every page in its main states, light, dark, in forced colours and with long texts, from a scripted back end.
//   npm run gallery [-- name [look]]    only states whose name contains it, only one look
// Writes gallery/<state>-<look>.png. Fails on what does not fit, accessibility findings, console errors and violations
// of the CSP.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { chromium } from 'playwright'
import { build, mergeConfig } from 'vite'
import { findOverflow } from '../../test/e2e/support/overflow.ts'
import { rendererConfig } from '../renderer.vite.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
// A folder of its own, so that two at once do not pull the pages from under each other.
const bundle = join(project, `.cache/gallery-${process.pid}`)
const pictures = join(project, 'gallery')
const [only = '', onlyLook = ''] = process.argv.slice(2)

const light = { look: 'light', colorScheme: 'light' }
const dark = { look: 'dark', colorScheme: 'dark' }
const contrast = { look: 'contrast', colorScheme: 'dark', forcedColors: 'active' }
const low = { look: '720', colorScheme: 'light', height: 720 }
/** Half the window at twice the pixels: what a text size of 200 % leaves. */
const large = { look: '200', colorScheme: 'light', width: 512, height: 384, scale: 2 }
/** Every text half as long again, as in other languages, and what the back end names with it. */
const long = { look: 'long', colorScheme: 'light', long: true }
const lowStates = new Set([
  'start',
  'bundle-untrusted',
  'review-changed',
  'database-failed',
  'database-creatio',
  'database-client-differs',
  'database-new',
  'client',
  'client-differs',
  'client-scopes',
  'client-service',
  'new-client',
  'connect-client',
  'certificate',
  'certificate-ecdsa',
  'certificate-file-issued',
  'certificate-request',
  'replacement',
  'restart',
  'start-certificate-file',
  'container-unsafe',
  'website',
  'website-https',
  'website-account',
  'website-clash',
  'review',
  'install',
  'proof',
  'finish',
])
const largeStates = new Set([
  'start',
  'prerequisites',
  'fix-offered',
  'bundle-untrusted',
  'database-failed',
  'database-other-service',
  'database-new',
  'database-grants',
  'certificate',
  'certificate-pem-weak',
  'certificate-file-issued',
  'certificate-requests',
  'certificate-request',
  'replacement',
  'restart',
  'client-differs',
  'client-scopes',
  'client-service',
  'new-client',
  'new-client-scopes',
  'connect-client',
  'review-replacement',
  'finish-replacement',
  'start-certificates',
  'start-certificate-shown',
  'start-certificate-file',
  'start-certificate-password',
  'container',
  'website-https',
  'review',
  'review-script',
  'review-changed',
  'start-iis',
  'install-failed',
])

/** The pages with the scripted back end in front: the product's own entry is loaded by it. */
async function bundleGallery() {
  await build(
    mergeConfig(rendererConfig(), {
      configFile: false,
      logLevel: 'warn',
      plugins: [
        {
          name: 'gallery-entry',
          transformIndexHtml: {
            order: 'pre',
            handler: (html) => html.replace('./main.tsx', '../test/doubles/back-end/gallery.ts'),
          },
        },
      ],
      build: { outDir: bundle, emptyOutDir: true, minify: false },
    }),
  )
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }

/** Serves the bundle under the policy that the doors send. */
async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://gallery').pathname)
    try {
      const file = path === '/' ? '/index.html' : path
      let body = await readFile(join(bundle, file))
      const headers = { 'content-type': types[extname(file)] ?? 'application/octet-stream' }
      if (file === '/index.html') {
        const nonce = randomBytes(16).toString('base64')
        body = body.toString('utf8').replaceAll('__CSP_NONCE__', nonce)
        headers['content-security-policy'] =
          `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
      }
      response.writeHead(200, headers).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** The states stand in the bundle; without one named in its address it lists them. */
async function stateNames(browser, base) {
  const page = await browser.newPage()
  await page.goto(base)
  const names = await page.waitForSelector('html[data-states]', { state: 'attached' })
  return (await names.getAttribute('data-states')).split(' ')
}

/** Chromium drops loads when a network interface comes or goes, as containers make them do; that says nothing here. */
async function takeAgainIfCutOff(browser, base, name, options) {
  let findings = []
  for (let attempt = 0; attempt < 3; attempt += 1) {
    findings = await take(browser, base, name, options)
    if (!findings.some((finding) => finding.includes('ERR_NETWORK_CHANGED'))) break
  }
  console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${name}-${options.look}`)
  for (const finding of findings) console.log(`     ${finding}`)
  return findings.length
}

async function take(browser, base, name, options) {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1024, height: options.height ?? 768 },
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: options.colorScheme,
    forcedColors: options.forcedColors ?? 'none',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Etc/UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const findings = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') findings.push(message.text())
  })
  page.on('pageerror', (error) => findings.push(error.message))
  await page.goto(`${base}?scripted=${name}${options.long ? '&long' : ''}`)
  try {
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 10_000 })
    await page.evaluate(() => document.fonts.ready)
    await page.waitForTimeout(150)
    await page.screenshot({ path: join(pictures, `${name}-${options.look}.png`) })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      // Takes a label that is scrolled out of sight for none; `label`, which stays on, finds fields without one.
      .disableRules(['label-title-only'])
      .analyze()
    for (const { id, nodes } of violations)
      findings.push(
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.all[0]?.message ?? ''})`)
          .join('; ')}`,
      )
    findings.push(...(await page.evaluate(findOverflow, options.scale === undefined)))
  } catch (error) {
    findings.push(error.message)
  }
  await context.close()
  return findings
}

await bundleGallery()
if (only === '') await rm(pictures, { recursive: true, force: true })
await mkdir(pictures, { recursive: true })
const server = await serve()
const base = `http://127.0.0.1:${server.address().port}/`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  ignoreDefaultArgs: ['--hide-scrollbars'],
  args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --font-render-hinting=none'.split(
    ' ',
  ),
})
let findings = 0
for (const name of (await stateNames(browser, base)).filter((state) => state.includes(only))) {
  const looks = [light, dark, contrast, long]
  if (lowStates.has(name)) looks.push(low)
  if (largeStates.has(name)) looks.push(large)
  for (const options of looks.filter(({ look }) => look.includes(onlyLook)))
    findings += await takeAgainIfCutOff(browser, base, name, options)
}
await browser.close()
server.close()
await rm(bundle, { recursive: true, force: true })
console.log(findings === 0 ? 'No findings.' : `${findings} findings.`)
process.exitCode = findings === 0 ? 0 : 1
