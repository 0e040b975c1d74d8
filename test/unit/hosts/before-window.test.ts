import { describe, expect, it } from 'vitest'
import {
  beforeWindow,
  type StartBox,
  type StartFacts,
} from '../../../electron/hosts/desktop/before-window.ts'
import { lookBeforeWindow } from '../../../electron/hosts/desktop/look-before-window.ts'
import { realMachine } from '../../../electron/machine/real.ts'

const platforms = ['win32', 'linux', 'darwin'] as const
const drives = ['local', 'mapped', 'subst', 'unc'] as const
const both = [true, false] as const

const every: readonly StartFacts[] = platforms.flatMap((platform) =>
  drives.flatMap((drive) =>
    both.flatMap((elevated) =>
      both.flatMap((builtInAdministrator) =>
        both.map((uac) => ({ platform, drive, elevated, builtInAdministrator, uac, file: 'Z:\\Setup.exe' })),
      ),
    ),
  ),
)

function boxOf(facts: StartFacts): StartBox | undefined {
  const decision = beforeWindow(facts)
  return decision === 'window' ? undefined : decision.box
}

describe('before the window opens', () => {
  it.each(every)('decides for $platform, $drive, elevated $elevated, %#', (facts) => {
    const box = boxOf(facts)
    const choices = box?.buttons.map(({ choice }) => choice)
    if (facts.platform !== 'win32') expect(box).toBeUndefined()
    else if (facts.drive !== 'local') {
      expect(choices).toEqual(['close'])
      expect(box!.detail).toContain(facts.file)
      expect(box!.detail).toContain('Nothing was changed.')
    } else if (!facts.elevated) expect(box).toBeUndefined()
    else {
      expect(choices).toEqual(['browser', 'window', 'close'])
      // Exactly one reason is given, and it is the right one.
      const reasons = ['EnableLUA', 'built-in Administrator', 'Run as administrator']
      const given = reasons.filter((reason) => box!.detail.includes(reason))
      expect(given).toEqual([!facts.uac ? reasons[0] : facts.builtInAdministrator ? reasons[1] : reasons[2]])
    }
  })

  it('names each kind of drive in other words', () => {
    const details = drives.slice(1).map((drive) => boxOf({ ...every[0]!, platform: 'win32', drive })!.detail)
    expect(new Set(details)).toHaveLength(3)
  })

  it('keeps nobody from the window when Windows tells nothing', async () => {
    const machine = { ...realMachine(), platform: 'win32' as const }
    const facts = await lookBeforeWindow(machine, 'D:\\Setup.exe')
    expect(facts).toMatchObject({ drive: 'local', elevated: false, uac: true })
    expect(beforeWindow(facts)).toBe('window')
  })
})
