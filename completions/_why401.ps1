
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'why401' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'why401'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'why401' {
            [CompletionResult]::new('--service-url', '--service-url', [CompletionResultType]::ParameterName, 'The URL of the service that was called (read from a transcript when left out)')
            [CompletionResult]::new('--response', '--response', [CompletionResultType]::ParameterName, 'What came back: headers, body or log line, in any mix')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'The HTTP status that came back')
            [CompletionResult]::new('--caller', '--caller', [CompletionResultType]::ParameterName, 'Who made the call')
            [CompletionResult]::new('--custom-audience', '--custom-audience', [CompletionResultType]::ParameterName, 'An audience the service accepts besides its own URLs (may be repeated)')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'The service''s name, where the URL does not tell it')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The service''s region, where the URL does not tell it')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The project''s id, which no run.app URL tells')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Judge at this moment, in seconds since 1970 (UTC), instead of now')
            [CompletionResult]::new('--pick', '--pick', [CompletionResultType]::ParameterName, 'Judge the credential with this number, when several were pasted (1 is the first)')
            [CompletionResult]::new('--evidence', '--evidence', [CompletionResultType]::ParameterName, 'A file with what read-only commands printed, as if pasted after it (may be repeated)')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the fixes, where there are several (guessed from the paste when left out)')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Print everything: other possibilities, checks passed, what was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the report as JSON (version 2)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('collect', 'collect', [CompletionResultType]::ParameterValue, 'Print one read-only command whose output proves the verdict: run it, then paste what it prints')
            [CompletionResult]::new('triage', 'triage', [CompletionResultType]::ParameterValue, 'Read whole files of logs: which callers were refused, why, and what to run')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'why401;collect' {
            [CompletionResult]::new('--service-url', '--service-url', [CompletionResultType]::ParameterName, 'The URL of the service that was called')
            [CompletionResult]::new('--caller', '--caller', [CompletionResultType]::ParameterName, 'Who made the call')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'The service''s name, where the URL does not tell it')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The service''s region, where the URL does not tell it')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The project''s id')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The shell that runs it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'why401;triage' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Leave out entries before this moment: RFC 3339, a date, or how long ago (90m, 2h, 7d)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Leave out entries after this moment')
            [CompletionResult]::new('--group-by', '--group-by', [CompletionResultType]::ParameterName, 'Count by these alone')
            [CompletionResult]::new('--evidence', '--evidence', [CompletionResultType]::ParameterName, 'A file with what read-only commands printed; it counts for every entry (may be repeated)')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the fixes, where there are several')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many threads read')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Judge at this moment, in seconds since 1970 (UTC), where an entry tells none')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Print the sentences and every change, not only the first one')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the groups as JSON (version 1)')
            [CompletionResult]::new('--jsonl', '--jsonl', [CompletionResultType]::ParameterName, 'Print one JSON object per entry, in their order; its id is null where nothing was refused')
            [CompletionResult]::new('--annotate', '--annotate', [CompletionResultType]::ParameterName, 'Print each group as an annotation of GitHub Actions (::error)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'why401;help' {
            [CompletionResult]::new('collect', 'collect', [CompletionResultType]::ParameterValue, 'Print one read-only command whose output proves the verdict: run it, then paste what it prints')
            [CompletionResult]::new('triage', 'triage', [CompletionResultType]::ParameterValue, 'Read whole files of logs: which callers were refused, why, and what to run')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'why401;help;collect' {
            break
        }
        'why401;help;triage' {
            break
        }
        'why401;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
