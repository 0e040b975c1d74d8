# One inbound rule of Windows Firewall, known by its name. Takes {action, name, displayName, ports}, the action one of
# find, add, remove; answers {rule}: null when there is none.

function Find-Rule($name) {
    try { Get-NetFirewallRule -Name $name -ErrorAction Stop }
    catch { if ($_.CategoryInfo.Category -ne 'ObjectNotFound') { throw } }
}

function Get-Facts($rule) {
    if ($null -eq $rule) { return $null }
    $filter = Get-NetFirewallPortFilter -AssociatedNetFirewallRule $rule -ErrorAction Stop
    @{
        name = [string] $rule.Name
        displayName = [string] $rule.DisplayName
        enabled = [string] $rule.Enabled
        direction = [string] $rule.Direction
        action = [string] $rule.Action
        profile = [string] $rule.Profile
        protocol = [string] $filter.Protocol
        ports = @($filter.LocalPort | ForEach-Object { [string] $_ })
    }
}

Send-Answer {
    param($question)
    $rule = Find-Rule $question.name
    if ($question.action -eq 'add' -and $null -eq $rule) {
        $ports = @($question.ports)
        New-NetFirewallRule -Name $question.name -DisplayName $question.displayName -Direction Inbound -Action Allow `
            -Protocol TCP -LocalPort $ports -Profile 'Domain', 'Private' -ErrorAction Stop | Out-Null
        $rule = Find-Rule $question.name
    }
    if ($question.action -eq 'remove' -and $null -ne $rule) {
        Remove-NetFirewallRule -Name $question.name -ErrorAction Stop
        $rule = Find-Rule $question.name
    }
    @{ rule = Get-Facts $rule }
}
