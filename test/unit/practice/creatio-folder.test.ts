import { DOMParser } from '@xmldom/xmldom'
import { expect, test } from 'vitest'
import { makePracticeCreatioFolder } from '../../../electron/practice/creatio-folder.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { keepingFiles } from './keeping-files.ts'

test('the file reads as Creatio’s: BOM, redis first, a left-over entry before the database', async () => {
  const connection = 'Server=127.0.0.1;Port=5433;Database=creatio;User ID=u;password=a"b&c<d;'
  const files = keepingFiles()
  await makePracticeCreatioFolder({ files }, '/c', new Secret(connection))

  const text = Buffer.from(files.kept.get('/c/ConnectionStrings.config')!).toString()
  expect(text.charCodeAt(0)).toBe(0xfeff)
  const xml = new DOMParser().parseFromString(text.slice(1), 'text/xml')
  const entries = Array.from(xml.getElementsByTagName('add'), (add) => add.getAttribute('name'))
  expect(entries).toEqual(['redis', 'dbMssqlUnitTest', 'db', 'defPackagesWorkingCopyPath'])
  expect(xml.getElementsByTagName('add')[2]!.getAttribute('connectionString')).toBe(connection)
})

test('the file is private, for it holds a password', async () => {
  const files = keepingFiles()
  await makePracticeCreatioFolder({ files }, '/c', new Secret('Password=x'))
  expect(files.access.get('/c/ConnectionStrings.config')).toBe('private')
})
