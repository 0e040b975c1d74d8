// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportOf } from '../../../electron/hosts/session/report-of.ts'
import type { Command } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { protection } from '../../../electron/practice/windows/protect.ts'
import { canLogOn } from '../../../electron/practice/windows/site/identity.ts'
import { lookAtSite } from '../../../electron/practice/windows/site/scene.ts'
import { reportHtml } from '../../../electron/report/page.ts'
import { reportJson } from '../../../electron/report/report.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { faultyTools } from '../../doubles/faulty-tools.ts'
import { fullAnswers, inFullPlace, isWrite } from './every-call.ts'
import { IisLife, machineIn, readServer, SECRETS } from './iis-place.ts'

/** Which of the secrets a text holds, in any spelling a redactor knows. */
function leaks(text: string): string[] {
  return Object.entries(SECRETS).flatMap(([name, secret]) => {
    const redactor = new Redactor()
    redactor.register(new Secret(secret))
    return redactor.redact(text) === text ? [] : [name]
  })
}

/** Files below a folder that hold a secret, as UTF-8 or as UTF-16. */
async function holders(folder: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name)
    if (!(await stat(path)).isFile()) continue
    const bytes = await readFile(path)
    const inside = new Set([...leaks(bytes.toString('utf8')), ...leaks(bytes.toString('utf16le'))])
    if (inside.size > 0) found[name] = [...inside]
  }
  return found
}

test('secrets are where they are needed, and in nothing that is started, written down or told', async () => {
  await inFullPlace(async (place) => {
    const real = machineIn(place)
    const started: string[] = []
    const run = (command: Command) => {
      const { args, env = {} } = command
      const encoded = args.at(-1) ?? ''
      // What is started with -EncodedCommand is base64 of UTF-16.
      const decoded = /^[\w+/=]{40,}$/.test(encoded) ? Buffer.from(encoded, 'base64').toString('utf16le') : ''
      started.push(JSON.stringify([args, env]), args.join(' '), decoded)
      return real.processes.run(command)
    }
    const life = new IisLife({ ...real, processes: { ...real.processes, run } }, place)
    const prepared = await life.prepare(fullAnswers(place))
    const found = await life.session.inspect(prepared)
    const handle = await life.run(fullAnswers(place), prepared)
    expect([await handle.go(), handle.view.failure]).toEqual(['done', undefined])

    expect(started.length).toBeGreaterThan(50)
    expect(leaks(started.join('\n'))).toEqual([])
    expect(leaks(JSON.stringify(life.session.view(prepared, found)))).toEqual([])
    expect(leaks(JSON.stringify([life.events, handle.view]))).toEqual([])
    const sources = { prepared, run: handle.view, found, written: handle.writtenFiles, proof: [] }
    const report = reportOf(life.session, sources)
    expect(leaks(`${reportHtml(report)}\n${reportJson(report)}`)).toEqual([])
    // Journal, backups, record, the simulated server's state: nothing but the service's own settings.
    expect(await holders(place.root)).toEqual({
      [join('world', 'new', 'deeper', 'IdentityService', 'appsettings.json')]: ['database', 'client'],
    })

    const state = await readServer(place)
    const scene = lookAtSite(state, 'IDServiceWebsite')!
    expect(canLogOn(scene, await protection(realMachine(), place.server))).toBe(true)

    expect([await handle.rollBack(), handle.view.undoFailures]).toEqual(['undone', []])
    expect(await holders(place.root)).toEqual({})
  })
})

test('a tool that fails with the password on its input says nothing of it', async () => {
  await inFullPlace(async (place) => {
    const counted = faultyTools(machineIn(place), place.server)
    const whole = await new IisLife(counted.machine, place).run(fullAnswers(place))
    expect(await whole.go()).toBe('done')
    expect(await whole.rollBack()).toBe('undone')
    const at =
      counted.calls.findIndex((call) => isWrite(call) && call.startsWith('appcmd add apppool /in')) + 1
    expect(at).toBeGreaterThan(0)
    const { machine } = faultyTools(machineIn(place), place.server, { at, how: 'exit-after' })
    const life = new IisLife(machine, place)
    const run = await life.run(fullAnswers(place))
    expect(await run.go()).toBe('failed')
    expect(leaks(JSON.stringify([life.events, run.view]))).toEqual([])
    expect(await run.rollBack()).toBe('undone')
    expect(await holders(place.root)).toEqual({})
  })
})
