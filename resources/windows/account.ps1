# An account by its name. Takes {user, password}, the password null when it is not to be tried; answers {sid, name,
# computer, logon}: sid null when Windows knows no such account, logon the Win32 error of the attempt, 0 for none.

function Find-Sid($user) {
    $name = $user -replace '^\.\\', "$env:COMPUTERNAME\"
    try {
        (New-Object System.Security.Principal.NTAccount $name).Translate([System.Security.Principal.SecurityIdentifier])
    }
    catch [System.Security.Principal.IdentityNotMappedException] { }
}

# A network logon (3) with the default provider (0) looks at the password and needs no right on this machine.
function Test-Logon([string] $name, [string] $password) {
    $domain, $account = $name.Split('\')
    $logon = Add-Type -PassThru -Namespace IdentityServiceSetup -Name Logon -MemberDefinition @'
[DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
static extern bool LogonUserW(string user, string domain, string password, int type, int provider, out IntPtr token);

[DllImport("kernel32.dll")]
static extern bool CloseHandle(IntPtr handle);

public static int Attempt(string user, string domain, string password)
{
    IntPtr token;
    if (!LogonUserW(user, domain, password, 3, 0, out token))
        return Marshal.GetLastWin32Error();
    CloseHandle(token);
    return 0;
}
'@
    $logon::Attempt($account, $domain, $password)
}

Send-Answer {
    param($question)
    $sid = Find-Sid $question.user
    if ($null -eq $sid) { return @{ sid = $null } }
    $name = $sid.Translate([System.Security.Principal.NTAccount]).Value
    $logon = $null
    if ($null -ne $question.password) { $logon = Test-Logon $name $question.password }
    @{ sid = $sid.Value; name = $name; computer = $env:COMPUTERNAME; logon = $logon }
}
