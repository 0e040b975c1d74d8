# Stand-in for the vendor's script: same place, name and parameters.
param(
    [string]$pemPassword,
    [string]$outputPath,
    [int]$validDays
)
Write-Error "This is a stand-in and makes no certificate."
exit 1
