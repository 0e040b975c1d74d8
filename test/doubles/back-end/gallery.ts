import { lengthenMessages, lengthened } from './lengthen.ts'
import { states } from './states.ts'
import { sampleReplies } from './samples.ts'
import { scriptedBackEnd } from './scripted.ts'

// Entry of the gallery's build only: the product's pages with a scripted back end in place of the preload's.
// The address names a state of states.ts: ?scripted=database-failed. Without one it lists them. With &long all texts and
// places are long.

const given = new URLSearchParams(location.search)
const named = given.get('scripted')
if (named === null) document.documentElement.dataset['states'] = Object.keys(states).join(' ')
else void show(named)

async function show(name: string): Promise<void> {
  const state = states[name]
  if (state === undefined) throw new Error(`No state named ${name}`)
  const long = given.has('long')
  if (long) lengthenMessages()
  globalThis.setup = scriptedBackEnd(long ? lengthened({ ...sampleReplies, ...state.script }) : state.script)
  await import('../../../renderer/main.tsx')
  const { goTo, beginSetup } = await import('../../../renderer/navigate.ts')
  while (document.querySelector('h1') === null) await new Promise(requestAnimationFrame)
  beginSetup('new')
  await state.prepare?.()
  await goTo(state.page)
  await new Promise((resolve) => setTimeout(resolve, 60))
  await state.after?.()
  document.documentElement.dataset['ready'] = 'true'
}
