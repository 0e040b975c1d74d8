/**
 * Statements whose names and passwords come as parameters: QUOTENAME makes them names and texts of the language, so that
 * nothing in them can be read as SQL, and nothing of them stands in the text that is sent.
 * https://learn.microsoft.com/sql/t-sql/functions/quotename-transact-sql
 */
function run(text: string): string {
  return `declare @statement nvarchar(max) = ${text};
  exec sys.sp_executesql @statement`
}

export const CREATE_LOGIN = run(
  `N'create login ' + quotename(@user) + N' with password = N' + quotename(@password, '''')`,
)

export const SET_PASSWORD = run(
  `N'alter login ' + quotename(@user) + N' with password = N' + quotename(@password, '''')`,
)

export const CREATE_DATABASE = run(`N'create database ' + quotename(@database)`)

/** Runs in the new database: its own sp_executesql does. `@rights` is text of this program with the user's name quoted. */
export const CREATE_USER = `declare @there nvarchar(300) = quotename(@database) + N'.sys.sp_executesql';
  declare @statement nvarchar(max) = N'if not exists (select 1 from sys.database_principals where name = @name)
    create user ' + quotename(@user) + N' for login ' + quotename(@user)
    + N' with default_schema = ' + quotename(@schema) + N'; ' + @rights;
  exec @there @statement, N'@name sysname', @name = @user`

/** What else is in the database that is about to be dropped. */
export const LOOK_INSIDE = `declare @there nvarchar(300) = quotename(@database) + N'.sys.sp_executesql';
  exec @there N'select name from sys.tables'`

/** Sessions of others in the database; those of the service's own login do not count. */
export const SESSIONS = `
  select distinct original_login_name as login from sys.dm_exec_sessions
  where database_id = db_id(@database) and original_login_name <> @user and session_id <> @@spid`

/** The service's own sessions are closed with it. */
export const DROP_DATABASE = run(
  `N'alter database ' + quotename(@database) + N' set single_user with rollback immediate; drop database ' + quotename(@database)`,
)

export const DROP_LOGIN = run(`N'drop login ' + quotename(@user)`)

export const PRESENT = `
  select cast(case when db_id(@database) is null then 0 else 1 end as bit) as [database],
         cast(case when exists (select 1 from sys.server_principals where name = @user) then 1 else 0 end as bit) as login`
