import { ask } from './bridge.ts'
import { useMachine } from './store/machine.ts'

/** Puts a value that is no secret on the clipboard; whether that worked. */
export async function copyText(text: string): Promise<boolean> {
  if (useMachine.getState().host.host === 'desktop') return (await ask('clipboard.write', { text })).ok
  return await writeInBrowser(text)
}

type CopiedSecret = { readonly ok: true; readonly clearsAfterSeconds: number } | { readonly ok: false }

/** Puts a held secret on the clipboard. 0 seconds: nothing clears this clipboard by itself. */
export async function copySecret(ref: string): Promise<CopiedSecret> {
  const reply = await ask('secret.copy', { ref })
  if (!reply.ok) return { ok: false }
  if (reply.value.clearsAfterSeconds > 0) return { ok: true, ...reply.value }
  const revealed = await ask('secret.reveal', { ref })
  if (!revealed.ok || !(await writeInBrowser(revealed.value.value))) return { ok: false }
  return { ok: true, clearsAfterSeconds: 0 }
}

async function writeInBrowser(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
