# Starts a program with an administrator's full rights, without a window. Takes {file, arguments}, the arguments one
# text, quoted; answers {started}. A refused prompt fails with the native error 1223.
Send-Answer {
    param($question)
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $question.file
    $start.Arguments = $question.arguments
    $start.UseShellExecute = $true
    $start.Verb = 'runas'
    $start.WindowStyle = 'Hidden'
    # Not the caller's folder: what lies there must not be loaded with these rights.
    $start.WorkingDirectory = [Environment]::SystemDirectory
    # Not the cmdlet Start-Process: its error hides the native one.
    [void] [System.Diagnostics.Process]::Start($start)
    @{ started = $true }
}
