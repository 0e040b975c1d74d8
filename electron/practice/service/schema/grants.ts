/** What was granted and may be taken back; nothing refers to these rows. */
export const GRANT_TABLES = `
CREATE TABLE "DeviceCodes" (
  "UserCode" varchar(200) NOT NULL,
  "DeviceCode" varchar(200) NOT NULL,
  "SubjectId" varchar(200),
  "SessionId" varchar(100),
  "ClientId" varchar(200) NOT NULL,
  "Description" varchar(200),
  "CreationTime" timestamptz NOT NULL,
  "Expiration" timestamptz NOT NULL,
  "Data" varchar(50000) NOT NULL,
  CONSTRAINT "PK_DeviceCodes" PRIMARY KEY ("UserCode")
);
CREATE UNIQUE INDEX "IX_DeviceCodes_DeviceCode" ON "DeviceCodes" ("DeviceCode");
CREATE INDEX "IX_DeviceCodes_Expiration" ON "DeviceCodes" ("Expiration");

CREATE TABLE "PersistedGrants" (
  "Key" varchar(200) NOT NULL,
  "Type" varchar(50) NOT NULL,
  "SubjectId" varchar(200),
  "SessionId" varchar(100),
  "ClientId" varchar(200) NOT NULL,
  "Description" varchar(200),
  "CreationTime" timestamptz NOT NULL,
  "Expiration" timestamptz,
  "ConsumedTime" timestamptz,
  "Data" varchar(50000) NOT NULL,
  CONSTRAINT "PK_PersistedGrants" PRIMARY KEY ("Key")
);
CREATE INDEX "IX_PersistedGrants_Expiration" ON "PersistedGrants" ("Expiration");
CREATE INDEX "IX_PersistedGrants_SubjectId_ClientId_Type" ON "PersistedGrants" ("SubjectId", "ClientId", "Type");
CREATE INDEX "IX_PersistedGrants_SubjectId_SessionId_Type" ON "PersistedGrants" ("SubjectId", "SessionId", "Type");
`
