import type { Bridge, CallName, Input, Outputs, PageEvent, Reply } from '../electron/contract/calls.ts'
import { httpBridge } from './http-bridge.ts'

declare global {
  /** Put there by the desktop's preload; absent in a browser. */
  var setup: Bridge | undefined
}

let made: Bridge | undefined

/** The only way out of the page. Made at the first use, so that a test can put its own in place before. */
function bridge(): Bridge {
  made ??= globalThis.setup ?? httpBridge()
  return made
}

/** Asks the back end; a failure is a value, also when the call never reached it. */
export async function ask<K extends CallName>(name: K, input: Input<K>): Promise<Reply<K>> {
  try {
    return await bridge().call(name, input)
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown)
    return {
      ok: false,
      problem: {
        code: 'page.no-answer',
        what: 'The setup program did not answer.',
        next: 'Try again; if that does not help, start the program again.',
        details: [words],
      },
    }
  }
}

/** The value of a call whose failure changes nothing for the installer; `fallback` then. */
export async function askOr<K extends CallName, F>(
  name: K,
  input: Input<K>,
  fallback: F,
): Promise<Outputs[K] | F> {
  const reply = await ask(name, input)
  return reply.ok ? reply.value : fallback
}

/** Subscribes to what comes unasked; returns the function that ends it. */
export function listen(listener: (event: PageEvent) => void): () => void {
  return bridge().onEvent(listener)
}
