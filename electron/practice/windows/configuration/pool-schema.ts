import { bool, type ElementSchema, oneOf, password, text, timeSpan, uint } from './schema.ts'

/** Windows 10 version 1709: environment variables of an application pool. */
const POOL_ENVIRONMENT_BUILD = 16299

/**
 * `<applicationPools>` as IIS 10 knows it (learn.microsoft.com/iis/configuration, “Application Pools”).
 * @param loadUserProfile its default, see `UnverifiedBehaviour`.
 */
export function poolsSchema(build: number, loadUserProfile: boolean): ElementSchema {
  return {
    name: 'applicationPools',
    attributes: {},
    elements: [],
    collection: { keys: ['name'], entry: poolSchema(build, loadUserProfile) },
  }
}

function poolSchema(build: number, loadUserProfile: boolean): ElementSchema {
  return {
    name: 'add',
    attributes: {
      name: text(),
      queueLength: uint(1000),
      autoStart: bool(true),
      enable32BitAppOnWin64: bool(false),
      managedRuntimeVersion: text('v4.0'),
      managedRuntimeLoader: text('webengine4.dll'),
      enableConfigurationOverride: bool(true),
      managedPipelineMode: oneOf(['Integrated', 'Classic'], 'Integrated'),
      CLRConfigFile: text(''),
      passAnonymousToken: bool(true),
      startMode: oneOf(['OnDemand', 'AlwaysRunning'], 'OnDemand'),
    },
    elements: [
      processModel(loadUserProfile),
      RECYCLING,
      FAILURE,
      CPU,
      ...(build < POOL_ENVIRONMENT_BUILD ? [] : [ENVIRONMENT_VARIABLES]),
    ],
  }
}

function processModel(loadUserProfile: boolean): ElementSchema {
  return {
    name: 'processModel',
    attributes: {
      identityType: oneOf(
        ['LocalSystem', 'LocalService', 'NetworkService', 'SpecificUser', 'ApplicationPoolIdentity'],
        'ApplicationPoolIdentity',
      ),
      userName: text(''),
      password,
      loadUserProfile: bool(loadUserProfile),
      setProfileEnvironment: bool(true),
      logonType: oneOf(['LogonBatch', 'LogonService'], 'LogonBatch'),
      manualGroupMembership: bool(false),
      idleTimeout: timeSpan('00:20:00'),
      idleTimeoutAction: oneOf(['Terminate', 'Suspend'], 'Terminate'),
      maxProcesses: uint(1),
      shutdownTimeLimit: timeSpan('00:01:30'),
      startupTimeLimit: timeSpan('00:01:30'),
      pingingEnabled: bool(true),
      pingInterval: timeSpan('00:00:30'),
      pingResponseTime: timeSpan('00:01:30'),
      logEventOnProcessModel: text('IdleTimeout'),
    },
    elements: [],
  }
}

const RECYCLING: ElementSchema = {
  name: 'recycling',
  attributes: {
    disallowOverlappingRotation: bool(false),
    disallowRotationOnConfigChange: bool(false),
    logEventOnRecycle: text('Time, Memory, PrivateMemory'),
  },
  elements: [
    {
      name: 'periodicRestart',
      attributes: {
        memory: uint(0),
        privateMemory: uint(0),
        requests: uint(0),
        time: timeSpan('1.05:00:00'),
      },
      elements: [
        {
          name: 'schedule',
          attributes: {},
          elements: [],
          collection: {
            keys: ['value'],
            entry: { name: 'add', attributes: { value: timeSpan() }, elements: [] },
          },
        },
      ],
    },
  ],
}

const FAILURE: ElementSchema = {
  name: 'failure',
  attributes: {
    loadBalancerCapabilities: oneOf(['TcpLevel', 'HttpLevel'], 'HttpLevel'),
    orphanWorkerProcess: bool(false),
    orphanActionExe: text(''),
    orphanActionParams: text(''),
    rapidFailProtection: bool(true),
    rapidFailProtectionInterval: timeSpan('00:05:00'),
    rapidFailProtectionMaxCrashes: uint(5),
    autoShutdownExe: text(''),
    autoShutdownParams: text(''),
  },
  elements: [],
}

const CPU: ElementSchema = {
  name: 'cpu',
  attributes: {
    limit: uint(0),
    action: oneOf(['NoAction', 'KillW3wp', 'Throttle', 'ThrottleUnderLoad'], 'NoAction'),
    resetInterval: timeSpan('00:05:00'),
    smpAffinitized: bool(false),
    smpProcessorAffinityMask: uint(4294967295),
    smpProcessorAffinityMask2: uint(4294967295),
  },
  elements: [],
}

/** Variables of a pool, and of the ASP.NET Core module. */
export const ENVIRONMENT_VARIABLES: ElementSchema = {
  name: 'environmentVariables',
  attributes: {},
  elements: [],
  collection: {
    keys: ['name'],
    entry: { name: 'add', attributes: { name: text(), value: text() }, elements: [] },
  },
}
