import { describe, expect, it } from 'vitest'
import { connectionPieces } from '../../../electron/database/connection/pieces.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

/** The pieces as plain data, secrets opened. */
function piecesOf(text: string) {
  return connectionPieces(new Secret(text)).map((piece) =>
    typeof piece === 'string' ? piece : [piece.keyword, piece.value.open(), piece.quote],
  )
}

describe('a connection string in pieces', () => {
  it('has its password apart, and everything else as it is written', () => {
    expect(piecesOf(' Server = a ;Pwd=secret; Timeout=15')).toEqual([
      ' Server = a ;Pwd=',
      ['Pwd', 'secret', 'auto'],
      '; Timeout=15',
    ])
  })

  it('has every value apart that is secret by its keyword', () => {
    expect(piecesOf('Password=a;SSL Password=b')).toEqual([
      'Password=',
      ['Password', 'a', 'auto'],
      ';SSL Password=',
      ['SSL Password', 'b', 'auto'],
    ])
  })

  it.each([
    ['Password="a;b"', 'a;b', 'auto'],
    ["Password='a\"b'", 'a"b', 'auto'],
    ['Password="plain"', 'plain', '"'],
    ["Password='plain'", 'plain', "'"],
    ["Password='it''s'", "it's", "'"],
    ['Password=a=b', 'a=b', 'auto'],
  ])('knows the quotes of %s', (text, value, quote) => {
    expect(piecesOf(text)).toEqual(['Password=', ['Password', value, quote]])
  })

  it('is one piece where there is no secret', () => {
    expect(piecesOf('Data Source=.;Integrated Security=SSPI;Password=;')).toEqual([
      'Data Source=.;Integrated Security=SSPI;Password=;',
    ])
  })

  it('refuses what is none, without repeating it', () => {
    expect(() => piecesOf('Password="open')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'database.connection-string' }) }),
    )
  })
})
