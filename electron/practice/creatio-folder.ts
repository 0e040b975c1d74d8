import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'

/**
 * Makes a folder that the wizard takes for a Creatio application folder: its `ConnectionStrings.config` begins
 * with a BOM, names the database `db`, and still holds an entry of another provider, as files that grew over
 * the years do. `connectionString` is the practice database's. The file is private, for it holds a password.
 */
export async function makePracticeCreatioFolder(
  machine: Pick<Machine, 'files'>,
  folder: string,
  connectionString: Secret,
): Promise<void> {
  await machine.files.makeFolder(folder)
  const lines = [
    '\uFEFF<?xml version="1.0" encoding="utf-8"?>',
    '<!-- Practice: this folder stands for a Creatio application -->',
    '<connectionStrings>',
    '  <add name="redis" connectionString="host=localhost;db=1;port=6379;maxReadPoolSize=10;maxWritePoolSize=500" />',
    '  <add name="dbMssqlUnitTest" connectionString="Data Source=left-over; Initial Catalog=Unused; Integrated Security=SSPI" />',
    `  <add name="db" connectionString="${xmlAttribute(connectionString.open())}" />`,
    '  <add name="defPackagesWorkingCopyPath" connectionString="%TEMP%\\%APPLICATION%\\%WORKSPACE%\\TerrasoftPackages" />',
    '</connectionStrings>',
    '',
  ]
  await machine.files.write(join(folder, 'ConnectionStrings.config'), lines.join('\r\n'), {
    access: 'private',
  })
}

function xmlAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
