import { stepRegistry } from '../setup/step.ts'
import { awaitService } from './await-service.ts'
import { buildServiceImage } from './build-image.ts'
import { exportTlsCertificate } from './export-tls-certificate.ts'
import { extractService } from './extract-service.ts'
import { patchDockerfile } from './patch-dockerfile.ts'
import { recordInstallation } from './record-installation.ts'
import { runContainer } from './run-container.ts'
import { startPracticeService } from './start-practice-service.ts'
import { writeCertificate } from './write-certificate.ts'
import { writeSettings } from './write-settings.ts'
import { writeTlsCertificate } from './write-tls-certificate.ts'
import { writeWebConfig } from './write-web-config.ts'

/** Every step this version knows; journals of earlier runs find theirs here. */
export const steps = stepRegistry([
  awaitService,
  buildServiceImage,
  exportTlsCertificate,
  extractService,
  patchDockerfile,
  recordInstallation,
  runContainer,
  startPracticeService,
  writeCertificate,
  writeSettings,
  writeTlsCertificate,
  writeWebConfig,
])
