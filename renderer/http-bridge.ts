import type { CallIdHeader } from '../electron/contract/call-id.ts'
import type { Bridge, PageEvent, Reply, CallName } from '../electron/contract/calls.ts'
import { useConnection } from './store/connection.ts'

const gone = {
  code: 'page.host-gone',
  what: 'The setup program in the terminal has ended or cannot be reached.',
  next: 'Start it again with “identity-setup serve” and open the address that it prints.',
  untouched: 'What is typed on this page stays here until the page is closed.',
}

/** Before it is believed that the host has gone: a browser gives up requests when the machine's network changes. Milliseconds. */
const pauses = [200, 800]
const callId: CallIdHeader = 'x-call-id'

/** The bridge of a browser: calls as POST requests, events from an event stream that reconnects by itself. */
export function httpBridge(): Bridge {
  const { lost, found } = useConnection.getState()
  return {
    async call(name, input) {
      const response = await post(name, JSON.stringify(input))
      if (response === undefined) {
        lost()
        return { ok: false, problem: gone }
      }
      found()
      return await readReply(name, response)
    },
    onEvent(listener) {
      const source = new EventSource('/api/events')
      source.onmessage = (message) => listener(JSON.parse(String(message.data)) as PageEvent)
      source.onopen = found
      source.onerror = lost
      return () => source.close()
    },
  }
}

/** Asks once more under the same ID, so that what was carried out already is not carried out again. */
async function post(name: CallName, body: string): Promise<Response | undefined> {
  const headers = { 'content-type': 'application/json', [callId]: crypto.randomUUID() }
  for (const wait of [...pauses, undefined]) {
    try {
      return await fetch(`/api/${name}`, { method: 'POST', headers, body })
    } catch {
      if (wait !== undefined) await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
  return undefined
}

async function readReply<K extends CallName>(name: K, response: Response): Promise<Reply<K>> {
  try {
    return (await response.json()) as Reply<K>
  } catch {
    return {
      ok: false,
      problem: {
        code: 'page.no-reply',
        what: `The setup program answered “${name}” with ${response.status} and no data.`,
        next: 'Open the address again that the program printed when it started.',
      },
    }
  }
}
