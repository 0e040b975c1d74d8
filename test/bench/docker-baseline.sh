#!/bin/sh
# What somebody who knows it all would write instead of the program: the effects of one `apply` with Docker, without
# its checks, its journal and its proofs. Leaves the service running and answering.
#   docker-baseline.sh ARCHIVE TARGET NAME PORT      settings in the environment: DB_CONNECTION, CLIENT_ID, CLIENT_SECRET
set -eu
archive=$1 target=$2 name=$3 port=$4

umask 077
mkdir -p "$target"
unzip -q "$archive" -d "$target"
cd "$target"

openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 1095 -subj '/CN=Identity Service' \
  -keyout openssl.key -out openssl.crt 2>/dev/null
openssl pkcs12 -export -inkey openssl.key -in openssl.crt -out openssl.pfx -passout pass:
rm openssl.key openssl.crt

# The image gets the shipped settings, which hold no secret of this machine; the container gets its own file.
mkdir "$target.mounted"
mv openssl.pfx "$target.mounted/openssl.pfx"
cat >"$target.mounted/appsettings.json" <<SETTINGS
{
  "Logging": { "LogLevel": { "Default": "Warning" } },
  "AllowedHosts": "*",
  "DbProvider": "Postgres",
  "DatabaseConnectionString": "$DB_CONNECTION",
  "PostgresConnection": "$DB_CONNECTION",
  "X509CertificatePath": "/app/openssl.pfx",
  "IssuerUri": "creatio.com",
  "IssuerResources": "creatio.com/resources",
  "Clients": "[{\"ClientId\":\"$CLIENT_ID\",\"ClientName\":\"Creatio\",\"Secrets\":[\"$CLIENT_SECRET\"],\"AllowedGrantTypes\":[\"client_credentials\"],\"AllowedScopes\":[\"register_own_resource\",\"get_resource_list\",\"get_client_info\",\"find_clients\",\"remove_client\",\"update_client\",\"add_registrar_client\",\"IdentityServerApi\"]}]",
  "ApiResources": "[]",
  "CookieName": ".AspNet.SharedCookie",
  "CookieExpireSeconds": "57600",
  "CookieSlidingExpiration": "true",
  "ApplicationName": "SharedCookieApp"
}
SETTINGS

docker build -q -t "$name:latest" -f Dockerfile-OAuth . >/dev/null
docker run -d --name "$name" --restart unless-stopped -p "$port:80" -e ASPNETCORE_URLS=http://+:80 \
  -v "$target.mounted/openssl.pfx:/app/openssl.pfx:ro" \
  -v "$target.mounted/appsettings.json:/app/appsettings.json:ro" "$name:latest" >/dev/null

waited=0
until curl -fsS -o /dev/null "http://localhost:$port/.well-known/openid-configuration" 2>/dev/null; do
  waited=$((waited + 1))
  [ "$waited" -lt 600 ] || { docker logs "$name" >&2; exit 1; }
  sleep 0.1
done
