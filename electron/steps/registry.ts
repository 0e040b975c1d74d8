import { stepRegistry } from '../setup/step.ts'
import { awaitService } from './await-service.ts'
import { backUpCertificate } from './back-up-certificate.ts'
import { backUpClient } from './back-up-client.ts'
import { bindCertificate } from './bind-certificate.ts'
import { buildServiceImage } from './build-image.ts'
import { configurePool } from './configure-pool.ts'
import { configureSite } from './configure-site.ts'
import { createDatabaseStep } from './create-database.ts'
import { enableWindowsFeatures } from './enable-features.ts'
import { exportCertificate } from './export-certificate.ts'
import { exportTlsCertificate } from './export-tls-certificate.ts'
import { extractService } from './extract-service.ts'
import { importTlsCertificate } from './import-tls-certificate.ts'
import { installHostingBundle } from './install-hosting-bundle.ts'
import { openFirewall } from './open-firewall.ts'
import { patchDockerfile } from './patch-dockerfile.ts'
import { recordInstallation } from './record-installation.ts'
import { redirectHttp } from './redirect-http.ts'
import { removeClient } from './remove-client.ts'
import { removeRedirect } from './remove-redirect.ts'
import { renewImage } from './renew-image.ts'
import { restartCreatio } from './restart-creatio.ts'
import { runContainer } from './run-container.ts'
import { setFileRights } from './set-rights.ts'
import { startWebsite } from './start-website.ts'
import { takeUpCertificate } from './take-up-certificate.ts'
import { takeUpClient } from './take-up-client.ts'
import { unbindCertificate } from './unbind-certificate.ts'
import { writeCertificate } from './write-certificate.ts'
import { writeSettings } from './write-settings.ts'
import { writeStoreCertificate } from './write-store-certificate.ts'
import { writeTlsCertificate } from './write-tls-certificate.ts'
import { writeWebConfig } from './write-web-config.ts'

/** Every step this version knows; journals of earlier runs find theirs here. */
export const steps = stepRegistry([
  awaitService,
  backUpCertificate,
  backUpClient,
  bindCertificate,
  buildServiceImage,
  configurePool,
  configureSite,
  createDatabaseStep,
  enableWindowsFeatures,
  exportCertificate,
  exportTlsCertificate,
  extractService,
  importTlsCertificate,
  installHostingBundle,
  openFirewall,
  patchDockerfile,
  recordInstallation,
  redirectHttp,
  removeClient,
  removeRedirect,
  renewImage,
  restartCreatio,
  runContainer,
  setFileRights,
  startWebsite,
  takeUpCertificate,
  takeUpClient,
  unbindCertificate,
  writeCertificate,
  writeSettings,
  writeStoreCertificate,
  writeTlsCertificate,
  writeWebConfig,
])
