import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { archiveCheck } from '../../../../electron/checks/prerequisites/archive.ts'
import { spaceCheck } from '../../../../electron/checks/prerequisites/space.ts'
import { targetCheck } from '../../../../electron/checks/prerequisites/target.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { makePracticeArchive } from '../../../../electron/practice/archive.ts'
import { extract } from '../../../../electron/service/extract.ts'
import { inFolder, subject } from './subject.ts'

describe('the archive', () => {
  it('passes, saying what is in it', async () => {
    expect(await archiveCheck.look(subject())).toEqual({
      status: 'passed',
      summary: 'The files are those of the Identity Service.',
      evidence: [
        { label: 'Source', value: '/srv/IdentityService.zip' },
        { label: 'Files', value: '412, 50.0 MB' },
        { label: 'Runtime', value: 'Microsoft.AspNetCore.App 8.0.0' },
      ],
    })
  })

  it('fails for Docker without a Dockerfile, and does not need one otherwise', async () => {
    const { dockerfile: _, ...source } = subject().source
    expect(await archiveCheck.look({ ...subject(), source })).toMatchObject({
      status: 'failed',
      summary: 'There is no Dockerfile-OAuth in the archive.',
      remedy: { text: 'Use an archive of Creatio 8.0.8 or later.' },
    })
    expect(await archiveCheck.look({ ...subject({ hosting: 'practice' }), source })).toMatchObject({
      status: 'passed',
    })
  })

  it('warns of a certificate that everybody has, and of nothing else', async () => {
    const shipped = { code: 'source.shipped-pfx', what: 'The archive holds a PFX.', next: 'Read on.' }
    const other = { code: 'source.other', what: 'Something else.', next: 'Read on.' }
    expect(await archiveCheck.look(subject({ source: { warnings: [other, shipped] } }))).toMatchObject({
      status: 'warning',
      summary: 'The archive holds a PFX.',
      remedy: { text: expect.stringMatching(/^Nothing has to be done/) },
    })
    expect(await archiveCheck.look(subject({ source: { warnings: [other] } }))).toMatchObject({
      status: 'passed',
    })
  })
})

describe('free space', () => {
  const MB = 1_048_576
  const withFree = (free: number) => {
    const machine = realMachine()
    return subject({ machine: { ...machine, files: { ...machine.files, freeBytes: async () => free } } })
  }

  it('has to hold the files and 64 MB', async () => {
    expect(await spaceCheck.look(withFree(114 * MB))).toMatchObject({
      status: 'passed',
      summary: '114 MB are free.',
    })
    expect(await spaceCheck.look(withFree(114 * MB - 1))).toMatchObject({ status: 'failed' })
    expect(await spaceCheck.look(withFree(3 * MB))).toEqual({
      status: 'failed',
      summary: '3 MB are free; 114 MB are needed.',
      evidence: [
        { label: 'Free', value: '3 MB' },
        { label: 'Needed', value: '114 MB' },
      ],
      remedy: { text: 'Free some space, or choose a folder on another volume.' },
    })
  })
})

describe('the target folder', () => {
  const look = (folder: string, target: string) => {
    const path = join(folder, 'IdentityService.zip')
    return targetCheck.look(subject({ target, source: { path } }))
  }
  const withArchive = (use: (folder: string, target: string) => Promise<void>) =>
    inFolder(async (folder) => {
      await makePracticeArchive(realMachine(), join(folder, 'IdentityService.zip'))
      await use(folder, join(folder, 'new', 'IdentityService'))
    })

  it('passes when it can be created, and is not created', () =>
    withArchive(async (folder, target) => {
      expect(await look(folder, target)).toMatchObject({
        status: 'passed',
        summary: 'The folder can be created.',
        evidence: [
          { label: 'Folder', value: target },
          { label: 'Found', value: 'The folder does not exist yet.' },
        ],
      })
      expect(await readdir(folder)).toEqual(['IdentityService.zip'])
    }))

  it('passes when the same files are there already, patched ones included', () =>
    withArchive(async (folder, target) => {
      await extract(realMachine(), join(folder, 'IdentityService.zip'), target)
      await writeFile(join(target, 'appsettings.json'), '{}')
      expect(await look(folder, target)).toMatchObject({
        status: 'passed',
        summary: 'The service’s files are already there.',
      })
    }))

  it('warns of a folder that everybody may enter, where only the folder protects the PFX', () =>
    withArchive(async (folder, target) => {
      await extract(realMachine(), join(folder, 'IdentityService.zip'), target)
      await chmod(target, 0o755)
      expect(await look(folder, target)).toMatchObject({
        status: 'warning',
        summary: expect.stringContaining('every user'),
        remedy: { command: `chmod o-rwx '${target}'` },
      })
      // Under IIS the files have access lists of their own.
      const source = { path: join(folder, 'IdentityService.zip') }
      expect(await targetCheck.look(subject({ hosting: 'iis', target, source }))).toMatchObject({
        status: 'passed',
      })
    }))

  it('fails when another build is there', () =>
    withArchive(async (folder, target) => {
      await extract(realMachine(), join(folder, 'IdentityService.zip'), target)
      await writeFile(join(target, 'IdentityService.dll'), 'of another build')
      expect(await look(folder, target)).toMatchObject({
        status: 'failed',
        summary: expect.stringContaining('another build'),
        remedy: { text: 'Choose an empty folder or a new name.' },
      })
    }))

  it('fails when files of others are there, and names them', () =>
    withArchive(async (folder, target) => {
      await mkdir(target, { recursive: true })
      await writeFile(join(target, 'payroll.xlsx'), '')
      expect(await look(folder, target)).toMatchObject({
        status: 'failed',
        summary: 'The folder holds files that are not the Identity Service.',
        evidence: [{}, { label: 'Found', value: expect.stringContaining('payroll.xlsx') }],
      })
    }))

  it('fails when this user may not write there', async () => {
    const machine = realMachine()
    const files = { ...machine.files, mayWrite: async () => false }
    expect(
      await targetCheck.look(subject({ target: '/does-not-exist/x', machine: { ...machine, files } })),
    ).toMatchObject({
      status: 'failed',
      summary: 'This user may not create the folder.',
      remedy: { text: expect.stringMatching(/^Choose another folder/) },
    })
  })
})
