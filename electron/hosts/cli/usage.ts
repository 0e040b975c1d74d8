export const USAGE = `Identity Service Setup: brings Creatio’s Identity Service from its archive to a running, verified service.

  identity-setup answers [--hosting iis|docker|practice] [--schema]
      Prints example answers to start from, or the JSON Schema of answer files.
  identity-setup plan ANSWERS [--json | --script FILE.ps1]
      Shows every step with its file changes and commands, or writes a Windows PowerShell script that does the same
      and prompts for secrets (IIS only). Changes nothing.
  identity-setup apply ANSWERS [--json] [--on-failure undo|stop] [--report FILE.html]
      Checks the prerequisites, carries the plan out, proves the result. The same answers again change nothing.
  identity-setup verify ANSWERS | --target FOLDER [--json]
      Proves an installation that is there: discovery, signing key, tables, client, token. Changes nothing.
  identity-setup undo --target FOLDER
      Takes the newest setup into a folder back, by its journal. What was changed since is left as it is and named.
  identity-setup inspect FILE [--json]
      Says what this program reads in an archive, a service folder, appsettings.json, web.config or
      ConnectionStrings.config, and what it would refuse. Changes nothing.
  identity-setup fix iis-features | hosting-bundle FILE [--plan]
      Enables the IIS features that the service needs, or installs the ASP.NET Core Hosting Bundle and restarts IIS.
  identity-setup logging on|off --target FOLDER [--level LEVEL] [--plan]
      Switches the stdout log of an installed service under IIS.
  identity-setup serve [--port N]
      Opens the wizard for a browser on this machine.
  identity-setup practice stop
      Ends the service and the database of a practice run.

ANSWERS is a JSON file, or - for standard input. Secrets in it are references: env:NAME, file:PATH, stdin, generate.

Exit codes: 0 done or already as wanted · 1 failed and undone (or left, with --on-failure stop)
            2 answers invalid · 3 a prerequisite failed · 4 stopped, to be resumed with the same command`
