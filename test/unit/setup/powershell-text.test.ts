import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  callText,
  comment,
  literal,
  templatePieces,
  textExpression,
} from '../../../electron/setup/powershell-text.ts'
import { call, type ScriptSecret } from '../../../electron/setup/script-parts.ts'

const secret: ScriptSecret = { name: 'databasePassword', from: 'ask', what: 'Password' }

/** A literal as PowerShell reads it: any single quotation mark ends it, and two of them are one. */
function read(text: string): string {
  const inner = /^'(.*)'$/su.exec(text)![1]!
  expect(inner.replaceAll(/['‘’‚‛]{2}/g, '')).not.toMatch(/['‘’‚‛]/)
  return inner.replaceAll(/(['‘’‚‛])['‘’‚‛]/g, '$1')
}

describe('a text in a script', () => {
  it('is itself, whatever quotation marks are in it', () => {
    const signs = fc.constantFrom("'", '‘', '’', '‚', '‛', '"', '“', '$', '`', 'a', ' ', '\\', '€', '😀')
    fc.assert(
      fc.property(
        fc.array(signs).map((all) => all.join('')),
        (text) => {
          expect(read(literal(text))).toBe(text)
          expect(textExpression(text)).toBe(literal(text))
        },
      ),
    )
  })

  it('has line ends and unseen signs by their numbers, so that no editor changes them', () => {
    expect(textExpression('a\r\nb')).toBe("(-join @('a', [char] 13, [char] 10, 'b'))")
    expect(textExpression('\n')).toBe('(-join @([char] 10))')
    expect(textExpression('a\u200bb\u2028')).toBe("(-join @('a', [char] 8203, 'b', [char] 8232))")
    expect(textExpression('tab\there')).toBe("'tab\there'")
    expect(textExpression('')).toBe("''")
  })

  it('has its secrets taken out and spelled from the inside out', () => {
    const template = ['a', { secret, spelled: ["connection'", 'json', 'json'] }, 'b'] as const
    expect(templatePieces(template)).toEqual([
      "'a'",
      "(ConvertTo-JsonText (ConvertTo-JsonText (ConvertTo-ConnectionText (Get-PlainText $databasePassword) '''')))",
      "'b'",
    ])
  })

  it('is a comment of one line', () => {
    expect(comment('one\r\nRemove-Item C:\u2028two')).toBe('# one Remove-Item C: two')
    expect(comment('')).toBe('#')
  })

  it('is an argument of a call by name', () => {
    const parameters = { Path: "C:\\it's", Days: 3, Ports: ['1', '2'], Password: secret }
    expect(callText(call('Do-It', parameters))).toBe(
      "Do-It -Path 'C:\\it''s' -Days 3 -Ports @('1', '2') -Password $databasePassword",
    )
  })
})
