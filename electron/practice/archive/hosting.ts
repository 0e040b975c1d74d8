const crlf = (text: string) => text.replaceAll('\n', '\r\n')

/** What `dotnet publish` writes for IIS: BOM, a location element, the in-process module. */
export const WEB_CONFIG = crlf(`\uFEFF<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <location path="." inheritInChildApplications="false">
    <system.webServer>
      <handlers>
        <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />
      </handlers>
      <!-- Practice copy: nothing of this runs under IIS -->
      <aspNetCore processPath="dotnet" arguments=".\\IdentityService.dll" stdoutLogEnabled="false" stdoutLogFile=".\\logs\\stdout" hostingModel="inprocess" />
    </system.webServer>
  </location>
</configuration>
`)

/** Says which shared framework the program needs; the wizard reads the runtime from here. */
export const RUNTIME_CONFIG = `${JSON.stringify(
  {
    runtimeOptions: {
      tfm: 'net8.0',
      frameworks: [
        { name: 'Microsoft.NETCore.App', version: '8.0.0' },
        { name: 'Microsoft.AspNetCore.App', version: '8.0.10' },
      ],
      configProperties: { 'System.GC.Server': true },
    },
  },
  undefined,
  2,
)}\n`

/** The libraries of the build, cut down to those an installer may want to know. */
export const DEPS = `${JSON.stringify(
  {
    runtimeTarget: { name: '.NETCoreApp,Version=v8.0', signature: '' },
    compilationOptions: {},
    targets: {
      '.NETCoreApp,Version=v8.0': {
        'IdentityService/1.0.0': {
          dependencies: { IdentityServer4: '4.1.2', Npgsql: '8.0.5' },
          runtime: { 'IdentityService.dll': {} },
        },
      },
    },
    libraries: {
      'IdentityService/1.0.0': { type: 'project', serviceable: false, sha512: '' },
      'IdentityServer4/4.1.2': { type: 'package', serviceable: true, sha512: '' },
      'Npgsql/8.0.5': { type: 'package', serviceable: true, sha512: '' },
    },
  },
  undefined,
  2,
)}\n`

export const DOCKERFILE = `# Practice copy: the image it describes holds no program and does not start.
FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY . .
ENV ASPNETCORE_URLS=http://+:80
EXPOSE 80
ENTRYPOINT ["dotnet", "IdentityService.dll"]
`

/** Stands where the program stands in a real archive. */
export const STAND_IN_PROGRAM = `Practice stand-in for IdentityService.dll.
This file holds no program. In a practice run Identity Service Setup starts a service of its own instead.
`

/** Stands where the build keeps its database migrations. */
export const MIGRATION = `-- Practice stand-in: the practice service makes its tables by itself at its first start.
`
