import type { Cause } from './cause.ts'

/** Where the service runs: port, runtime, files, container. */
export const hostCauses: readonly Cause[] = [
  {
    id: 'port.in-use',
    signs: [
      /Failed to bind to address (?<address>\S+): address already in use/,
      /Bind for (?<address>\S+) failed: port is already allocated/,
      /listen tcp\S* (?<address>\S+): bind: address already in use/,
    ],
    cause: ({ address }) => `Another program already listens on ${address}.`,
    remedy: () => ({
      text: 'Choose another port, or end the other program; an earlier start of the service may still run.',
    }),
  },
  {
    id: 'port.not-allowed',
    signs: [
      /SocketException \((?:13|10013)\)/,
      /An attempt was made to access a socket in a way forbidden by its access permissions/,
    ],
    cause: () =>
      'The service may not listen on its port: ports below 1024 are for the administrator on Linux, and .NET 8 images run as another user; Windows reserves ranges of ports.',
    remedy: () => ({
      text: 'Let the service listen on a port above 1023 (ASPNETCORE_URLS=http://+:8080) and map the wanted port to it, or choose another port.',
    }),
  },
  {
    id: 'runtime.missing',
    signs: [
      /You must install or update \.NET to run this application/,
      /It was not possible to find any compatible framework version/,
    ],
    facts: [/Framework: '(?<framework>[^']+)', version '(?<version>[^']+)'/],
    cause: ({ framework = 'The .NET runtime', version = '' }) =>
      `${framework} ${version} is not installed where the service starts.`.replace('  ', ' '),
    remedy: ({ version }) => ({
      text: `Install ASP.NET Core Runtime ${version ?? 'of the version the service names'} (with IIS, the Hosting Bundle); with Docker, use a base image of that version.`,
    }),
    see: 'https://aka.ms/dotnet/app-launch-failed',
  },
  {
    id: 'runtime.dotnet-not-found',
    signs: [/Could not find dotnet\.exe at '/],
    cause: () =>
      'IIS does not find dotnet.exe: no .NET runtime is installed, or IIS has not been started again since one was.',
    remedy: () => ({
      text: 'Install the ASP.NET Core Hosting Bundle if it is not there, then restart IIS.',
      command: 'net stop was /y && net start w3svc',
    }),
    see: 'https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/hosting-bundle',
  },
  {
    id: 'service.dll-missing',
    signs: [
      /The application '(?<path>[^']+\.dll)' does not exist/,
      /The application to execute does not exist: '(?<path>[^']+)'/,
      /dotnet-(?<path>\S+\.dll) does not exist/,
    ],
    cause: ({ path }) => `There is no ${path}: the service's files are not in the folder it starts in.`,
    remedy: () => ({
      text: 'Check that IdentityService.dll lies at the top of the service folder or image (/app).',
    }),
  },
  {
    id: 'container.other-processor',
    signs: [/exec format error/i],
    cause: () => 'The image is made for another kind of processor than this machine has.',
    remedy: () => ({
      text: 'Build the image on this machine, or name its platform.',
      command: 'docker version --format {{.Server.Arch}}',
    }),
  },
  {
    id: 'container.line-ends',
    signs: [/bad interpreter/],
    cause: () =>
      'A shell script in the image has Windows line ends, and Linux looks for a program named with one.',
    remedy: () => ({
      text: 'Convert the script to LF line ends and build the image again.',
      command: "sed -i 's/\\r$//' SCRIPT.sh",
    }),
  },
  {
    id: 'library.icu',
    signs: [/Couldn't find a valid ICU package/],
    cause: () => 'The system has no ICU library, which .NET needs for texts and dates.',
    remedy: () => ({ text: 'Install the ICU library, or use the base image of the vendor.' }),
  },
  {
    id: 'library.openssl',
    signs: [/No usable version of (?:the )?libssl was found/],
    cause: () => 'This .NET runtime is older than the OpenSSL of the system and cannot use it.',
    remedy: () => ({ text: 'Use a base image that belongs to the runtime of the service.' }),
  },
  {
    id: 'file.denied',
    signs: [/Access to the path '(?<path>[^']+)' is denied/],
    cause: ({ path }) =>
      `The account of the service may not use ${path}. With Docker the user in the container needs the right on the mounted file.`,
    remedy: ({ path }) => ({
      text: `Give the account of the service the right to read ${path}, or to write it if it is a log folder.`,
    }),
  },
  {
    id: 'process.out-of-memory',
    signs: [/Unhandled exception\. System\.OutOfMemoryException/],
    exitCodes: [137],
    cause: () => 'The service was ended from outside, mostly because its memory ran out.',
    remedy: () => ({ text: 'Give the container or the host more memory, then start the service again.' }),
  },
  {
    id: 'process.crashed',
    signs: [/Segmentation fault/],
    exitCodes: [139, -1073741819, 3221225477],
    cause: () =>
      'The runtime itself crashed, mostly because its image does not fit the processor or the libraries of the system.',
    remedy: () => ({
      text: 'Use the base image of the vendor in the version the service names, built on this machine.',
    }),
  },
  {
    id: 'process.unknown-exception',
    signs: [/Unhandled exception\./],
    // 134 is an abort on Linux, the others the code of a .NET exception on Windows, signed and not.
    exitCodes: [134, -532462766, 3762504530],
    cause: () => 'The service ended with an exception that this program does not know.',
    remedy: () => ({ text: 'Read the lines of its log below, and save the log bundle for support.' }),
  },
  {
    id: 'proxy.no-service',
    signs: [],
    statuses: [502, 503, 504],
    cause: () => 'What stands in front of the service runs, and the service behind it does not answer.',
    remedy: () => ({ text: 'Start the service, or its application pool, and look at its log.' }),
  },
]
