import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDockerfile } from '../../../electron/docker/dockerfile.ts'
import { addEnvironment } from '../../../electron/docker/dockerfile-environment.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const TWO_STAGES = [
  '\uFEFF# syntax=docker/dockerfile:1',
  'FROM --platform=linux/amd64 mcr.microsoft.com/dotnet/sdk:8.0 AS build',
  'USER builder',
  'ENV ONLY_THERE=1',
  'RUN <<EOF',
  'FROM this is not an instruction',
  'EOF',
  '',
  'from mcr.microsoft.com/dotnet/aspnet:8.0',
  'WORKDIR /app',
  'EXPOSE 80 443/tcp',
  'ENV A=1 B="x \\"y\\" \\$z" \\',
  '# a comment between continued lines',
  "    C='it is' D=a\\ b",
  'ENV OLD the old form = this',
  'USER app',
  'ENTRYPOINT ["dotnet", \\',
  '  "IdentityService.dll"]',
].join('\r\n')

describe('readDockerfile', () => {
  it('reads the stages and what holds in the last one', () => {
    const file = readDockerfile(TWO_STAGES)
    expect(file.stages).toEqual([
      { image: 'mcr.microsoft.com/dotnet/sdk:8.0', name: 'build', line: 2 },
      { image: 'mcr.microsoft.com/dotnet/aspnet:8.0', line: 9 },
    ])
    expect(file).toMatchObject({
      workingFolder: '/app',
      ports: ['80', '443/tcp'],
      user: 'app',
      entrypoint: '["dotnet",   "IdentityService.dll"]',
      environment: { A: '1', B: 'x "y" $z', C: 'it is', D: 'a b', OLD: 'the old form = this' },
    })
  })

  it('knows the other escape character', () => {
    const file = readDockerfile('# escape=`\nFROM a\nENV P="C:\\x `"y`"" `\n Q=1\n')
    expect(file.environment).toEqual({ P: 'C:\\x "y"', Q: '1' })
  })

  it.each(['', '\n', 'FROM', 'RUN <<EOF\nnever ends', 'ENV A="unfinished', 'ENV', '\\', 'ENV =x'])(
    'reads %j without complaint',
    (text) => {
      expect(() => readDockerfile(text)).not.toThrow()
    },
  )
})

const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n\0]/.test(text))
const variables = fc.dictionary(fc.stringMatching(/^[A-Za-z_]\w{0,20}$/), value, { minKeys: 1 })

describe('addEnvironment', () => {
  it.each(['FROM a\nENTRYPOINT ["x"]', '# escape=`\r\nFROM a\r\n', TWO_STAGES])(
    'is read back as given',
    (text) => {
      fc.assert(
        fc.property(variables, (wanted) => {
          expect(readDockerfile(addEnvironment(text, wanted)).environment).toMatchObject(wanted)
        }),
      )
    },
  )

  it('escapes what the engine would read otherwise', () => {
    const wanted = { A: 'a"b\\c$d`e' }
    expect(addEnvironment('FROM a', wanted)).toContain('\nENV A="a\\"b\\\\c\\$d`e"\n')
    expect(addEnvironment('# escape=`\nFROM a', wanted)).toContain('\nENV A="a`"b\\c`$d``e"\n')
  })

  it('replaces what it put there before and keeps all else byte for byte', () => {
    const once = addEnvironment(TWO_STAGES, { A: 'first' })
    expect(once.startsWith(TWO_STAGES)).toBe(true)
    expect(once.slice(TWO_STAGES.length)).not.toMatch(/[^\r]\n/)
    const twice = addEnvironment(`${once}# kept\r\n`, { A: new Secret('$&second') })
    expect(twice).toBe(`${addEnvironment(TWO_STAGES, { A: '$&second' })}# kept\r\n`)
  })

  it('refuses what ENV cannot hold', () => {
    expect(() => addEnvironment('FROM a', { A: 'two\nlines' })).toThrow(/line break/)
    expect(() => addEnvironment('FROM a', { 'A=B': '' })).toThrow(/name of a variable/)
  })
})
