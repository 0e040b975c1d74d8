import { describe, expect, it } from 'vitest'
import { bytes, clock, duration } from '../../../renderer/format.ts'
import { daysFault, judged, needed, portFault } from '../../../renderer/rules.ts'
import { errorsOf, suggestionFor, warningFor } from '../../../renderer/field-notes.ts'

describe('numbers with units', () => {
  it.each([
    [4, '4 ms'],
    [999, '999 ms'],
    [1240, '1.2 s'],
    [72_000, '1:12'],
  ])('writes %d ms as %s', (ms, text) => expect(duration(ms)).toBe(text))

  it.each([
    [2501, '2,501 bytes'],
    [118_400_000, '118 MB'],
    [41_200_000_000, '41.2 GB'],
  ])('writes %d bytes as %s', (count, text) => expect(bytes(count)).toBe(text))

  it('writes a long time in minutes', () => expect(clock(56_400)).toBe('0:56'))
})

describe('the rules of fields', () => {
  it.each(['1', '8090', '65535', ' 443 '])('takes %j as a port', (typed) => {
    expect(portFault(typed)).toBeUndefined()
  })
  it.each(['0', '65536', '80a', '-1', '8090.5', '٨٠'])('refuses %j as a port', (typed) => {
    expect(portFault(typed)).toBeDefined()
  })
  it.each(['0', '36501', 'three'])('refuses %j as a number of days', (typed) => {
    expect(daysFault(typed)).toBeDefined()
  })
  it('leaves an empty field to the rule that it is needed', () => {
    expect(judged('container.httpPort', '', portFault)).toEqual([])
    expect(needed('container.httpPort', ' ', 'the HTTP port')).toHaveLength(1)
  })
})

describe('notes about fields', () => {
  const notes = [
    { field: 'container.httpPort', level: 'warning', text: 'In use.' },
    { field: 'container.name', level: 'error', text: 'Taken.' },
    { field: 'container.databaseServer', level: 'info', text: 'Not this server.', suggestion: 'db' },
  ] as const

  it('shows a warning, and leaves an error to Next', () => {
    expect(warningFor(notes, 'container.httpPort')).toEqual({ warning: 'In use.' })
    expect(warningFor(notes, 'container.name')).toEqual({})
    expect(errorsOf(notes)).toEqual([{ path: 'container.name', text: 'Taken.' }])
  })

  it('hands on what the back end proposes', () => {
    expect(suggestionFor(notes, 'container.databaseServer')).toBe('db')
    expect(suggestionFor(notes, 'container.httpPort')).toBeUndefined()
  })
})
