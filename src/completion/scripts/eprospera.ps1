# PowerShell completion for eprospera. Load it with: eprospera completions powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName 'eprospera' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_.Value) { "$($_.Value)" } else { $_.Extent.Text } })
    $command = Get-Command -Name eprospera -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $command) { return }
    # An empty argument at the end would get lost, and is understood when it is missing.
    $typed = @(if ($wordToComplete) { $wordToComplete })
    $answer = @(& $command __complete powershell $words.Count -- @words @typed 2>$null)
    if ($answer[0] -ne 'values') { return }
    $answer | Select-Object -Skip 1 | ForEach-Object {
        $value, $description = $_.Split("`t", 2)
        if (-not $description) { $description = $value }
        $text = if ($value -match "[\s'`"``$;&|(){}@#,]") { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
    }
}
