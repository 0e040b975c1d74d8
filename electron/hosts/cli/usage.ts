export const USAGE = `Identity Service Setup: brings Creatio’s Identity Service from its archive to a running, verified service.

  identity-setup answers [--scenario new-installation|replace-certificate|change-client] [--hosting iis|docker|practice]
                         [--database fields|creatio|connection-string|new] [--schema]
      Prints example answers to start from, or the JSON Schema of answer files. With --database new the setup makes a
      database of the service’s own, as Creatio on Oracle needs it.
  identity-setup plan ANSWERS [--target FOLDER] [--json | --script FILE.ps1]
      Shows every step with its file changes and commands, or writes a Windows PowerShell script that does the same
      and prompts for secrets (IIS only). Changes nothing.
  identity-setup apply ANSWERS [--target FOLDER] [--json] [--on-failure undo|stop] [--report FILE.html]
      Checks the prerequisites, carries the plan out, proves the result. An installation with the same answers again
      changes nothing. Answers that replace a certificate can be pointed at another installation first (--target).
  identity-setup verify ANSWERS | --target FOLDER [--json] [--fail-below DAYS]
      Proves an installation that is there: discovery, signing key, tables, client, token. Changes nothing. Says how
      many days its certificate has left; below DAYS the exit code is 1.
  identity-setup undo --target FOLDER
      Takes back by its journal what was done last to the service in a folder: its setup, the replacement of its
      certificate or the change of its client. What was changed since is left as it is and named.
  identity-setup inspect FILE [--json]
      Says what this program reads in an archive, a service folder, appsettings.json, web.config,
      ConnectionStrings.config or a certificate, and what it would refuse. Changes nothing.
  identity-setup inspect --connection-string REF [--provider PostgreSQL|MsSqlServer] [--service ARCHIVE|FOLDER] [--json]
      Says the parts of a connection string, what the service’s driver thinks of it, and what would be written.
  identity-setup fix iis-features | hosting-bundle FILE [--plan]
      Enables the IIS features that the service needs, or installs the ASP.NET Core Hosting Bundle and restarts IIS.
  identity-setup logging on|off --target FOLDER [--level LEVEL] [--plan]
      Switches the stdout log of an installed service under IIS.
  identity-setup certificate create --out FOLDER|FILE.pfx [KEY] [--days N] [FILES] [--force]
      Makes the certificate that signs the tokens, as the vendor’s generate_pfx does, without OpenSSL. Replaces no
      file without --force, and then keeps a copy of what was there.
  identity-setup certificate show FILE [--key FILE] [--password REF] [--json]
      What a PFX, PEM, PKCS#7 or DER file holds, its key id, and whether the service can sign with it (if not, exit 1)
      and opens the file as it is.
  identity-setup certificate request --out FOLDER [KEY]
      Makes a request for a certificate authority, request.csr; its private key waits on this machine.
  identity-setup certificate requests [--json] | forget ID
      Lists the requests that wait for their answers, or removes one with its key.
  identity-setup certificate complete FILE --out FOLDER|FILE.pfx [--key FILE] [--password REF] [FILES] [--force]
      Makes the PFX from what the authority has issued and the key that waits, or the one that is named.
  identity-setup certificate replace --target FOLDER [--container NAME | --site NAME] [KEY] [--days N] [FILES] [--path FILE]
                             [--creatio-pool NAME | --creatio-container NAME]
                             [--plan] [--json] [--report FILE.html] [--on-failure undo|stop]
  identity-setup certificate replace --target FOLDER --file FILE [--key FILE] [--password REF] …
      Gives a service that is there a new certificate, or the one in a file: keeps the former one, restarts the service
      and Creatio, proves that it signs with the new key; if not, brings the former one back.
  identity-setup certificate password [--check REF]
      Makes a password for a private key, or says how strong one is (if too weak, exit code 1).
  identity-setup client show --target FOLDER [--container NAME | --site NAME] [--json]
      The clients of a service, as its settings and its database have them. Secrets are compared, never shown.
  identity-setup client change --target FOLDER [--container NAME | --site NAME] [--client ID]
                       [--id ID|generate] [--name NAME] [--secret REF|generate] [--scopes A,B,…] [--grant-types A,B,…]
                       [--use-anyway] [--database-server NAME]
                       [--plan] [--json] [--report FILE.html] [--on-failure undo|stop]
      Changes the client by which Creatio talks to the service; what is left out stays. Keeps the client’s rows in a
      file, removes them, restarts the service, proves that the new client gets a token and the old one does not; if
      not, brings the former one back.
  identity-setup database test SOURCE [--json]
      Tries the connection as the service would use it: name, TCP, TLS, login, server, rights, schema.
  identity-setup database look SOURCE [--client ID [--secret REF]] [--json]
      What is there already: tables, migrations, clients. Changes nothing.
  identity-setup database grants SOURCE [--schema NAME] [--account WINDOWS-ACCOUNT] [--out FILE.sql]
      SQL for the database’s administrator, which gives the service the rights that it needs.
  identity-setup serve [--port N]
      Opens the wizard for a browser on this machine.
  identity-setup practice stop
      Ends the service and the database of a practice run.

ANSWERS is a JSON file, or - for standard input. Secrets in it are references: env:NAME, file:PATH, stdin, generate.
REF    such a reference: a secret itself is never an argument.
KEY    [--key RSA-2048|RSA-3072|RSA-4096|ECDSA-P256|ECDSA-P384|ECDSA-P521] [--hash SHA-256|SHA-384|SHA-512]
       [--subject DN]
SOURCE ANSWERS | --target FOLDER | --connection-string REF [--provider PostgreSQL|MsSqlServer] [--service ARCHIVE|FOLDER]
FILES  [--profile AES-256|3DES] [--cer] [--pem-password REF]
       how the PFX is encrypted; and beside it the certificate alone, or certificate and encrypted key as PEM

Exit codes: 0 done or already as wanted · 1 failed and undone (or left, with --on-failure stop)
            2 answers invalid · 3 a prerequisite failed · 4 stopped, to be resumed with the same command`
