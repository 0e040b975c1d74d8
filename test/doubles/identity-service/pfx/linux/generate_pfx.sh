#!/bin/bash
# Stand-in for the vendor's script: same place, name and parameters, and CRLF line ends as in the vendor's archive.
# Usage: generate_pfx.sh PEM_PASSWORD OUTPUT_FOLDER VALID_DAYS
echo "This is a stand-in and makes no certificate." >&2
exit 1
