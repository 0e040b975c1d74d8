import type { Page } from '@playwright/test'
import type { CallIdHeader } from '../../../electron/contract/call-id.ts'
import { Wizard } from '../pages/wizard.ts'
import { expect, test } from '../support/test.ts'

// Only a browser has a network between page and host. It gives requests up when the network of the machine changes.

const callId: CallIdHeader = 'x-call-id'

test.setTimeout(240_000)
test.use({ expectedErrors: /ERR_CONNECTION_RESET/ })

test('a setup goes through although the first reply to each call is lost, and nothing is done twice', async ({
  wizard: page,
}) => {
  const wizard = new Wizard(page)
  const lost = await loseFirstReplies(page)
  await wizard.practiceToReview()
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.finishUp()
  for (const call of ['practice.start', 'plan.make', 'run.start']) expect(lost).toContain(call)
})

/** Lets each call of the page reach the host and loses what the host answers; what the page asks once more is answered. */
async function loseFirstReplies(page: Page): Promise<readonly string[]> {
  const lost: string[] = []
  const seen = new Set<string>()
  const chromium = await page.context().newCDPSession(page)
  chromium.on('Fetch.requestPaused', ({ requestId, request }) => {
    const id = request.headers[callId] ?? request.headers['X-Call-Id']
    if (id === undefined || seen.has(id))
      return void chromium.send('Fetch.continueRequest', { requestId }).catch(() => undefined)
    seen.add(id)
    lost.push(request.url.replace(/^.*\/api\//, ''))
    void chromium
      .send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' })
      .catch(() => undefined)
  })
  await chromium.send('Fetch.enable', { patterns: [{ urlPattern: '*/api/*', requestStage: 'Response' }] })
  return lost
}
