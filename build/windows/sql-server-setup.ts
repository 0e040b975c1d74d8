/** The service of the default instance, which listens on port 1433 once TCP is enabled. */
export const SQL_SERVICE = 'MSSQLSERVER'

/**
 * Arguments of setup.exe for an unattended installation. No password among them: administrators of the machine are
 * administrators of the server, and SQL logins are switched on afterwards.
 * https://learn.microsoft.com/sql/database-engine/install-windows/install-sql-server-from-the-command-prompt
 */
export function setupArguments(): readonly string[] {
  return [
    '/Q',
    '/ACTION=Install',
    '/IACCEPTSQLSERVERLICENSETERMS',
    '/FEATURES=SQLEngine',
    `/INSTANCENAME=${SQL_SERVICE}`,
    '/SQLSYSADMINACCOUNTS=BUILTIN\\Administrators',
    '/TCPENABLED=1',
    '/UPDATEENABLED=0',
    // Enabling IIS may leave a restart pending that has nothing to do with SQL Server.
    '/SKIPRULES=RebootRequiredCheck',
  ]
}

/** SQL logins beside those of Windows; counts after a restart of the service. */
export const LOGIN_MODE = String.raw`EXEC xp_instance_regwrite N'HKEY_LOCAL_MACHINE', N'Software\Microsoft\MSSQLServer\MSSQLServer', N'LoginMode', REG_DWORD, 2`

/** Makes a SQL login that owns a database. */
export function loginSql(database: string, login: string, password: string): string {
  const [name, of] = [bracketed(login), bracketed(database)]
  return [
    `CREATE LOGIN ${name} WITH PASSWORD = N'${password.replaceAll("'", "''")}', CHECK_POLICY = OFF;`,
    `ALTER AUTHORIZATION ON DATABASE::${of} TO ${name};`,
  ].join('\n')
}

/** Makes a SQL login that may do everything, for tests on a machine that is thrown away. */
export function administratorSql(login: string, password: string): string {
  const name = bracketed(login)
  return [
    `CREATE LOGIN ${name} WITH PASSWORD = N'${password.replaceAll("'", "''")}', CHECK_POLICY = OFF;`,
    `ALTER SERVER ROLE [sysadmin] ADD MEMBER ${name};`,
  ].join('\n')
}

/** A name of SQL Server in brackets. */
export function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}
