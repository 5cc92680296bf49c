# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_why401_global_optspecs
    string join \n service-url= response= status= caller= custom-audience= service= region= project= now= pick= evidence= full language= json h/help V/version
end

function __fish_why401_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_why401_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_why401_using_subcommand
    set -l cmd (__fish_why401_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c why401 -n "__fish_why401_needs_command" -l service-url -d 'The URL of the service that was called (read from a transcript when left out)' -r
complete -c why401 -n "__fish_why401_needs_command" -l response -d 'What came back: headers, body or log line, in any mix' -r
complete -c why401 -n "__fish_why401_needs_command" -l status -d 'The HTTP status that came back' -r
complete -c why401 -n "__fish_why401_needs_command" -l caller -d 'Who made the call' -r -f -a "cloud-run\t''
cloud-functions\t''
cloud-scheduler\t''
cloud-tasks\t''
pubsub-push\t''
eventarc\t''
workflows\t''
gke\t''
gce\t''
github-actions\t''
impersonation\t''
local-user\t''
browser\t''"
complete -c why401 -n "__fish_why401_needs_command" -l custom-audience -d 'An audience the service accepts besides its own URLs (may be repeated)' -r
complete -c why401 -n "__fish_why401_needs_command" -l service -d 'The service\'s name, where the URL does not tell it' -r
complete -c why401 -n "__fish_why401_needs_command" -l region -d 'The service\'s region, where the URL does not tell it' -r
complete -c why401 -n "__fish_why401_needs_command" -l project -d 'The project\'s id, which no run.app URL tells' -r
complete -c why401 -n "__fish_why401_needs_command" -l now -d 'Judge at this moment, in seconds since 1970 (UTC), instead of now' -r
complete -c why401 -n "__fish_why401_needs_command" -l pick -d 'Judge the credential with this number, when several were pasted (1 is the first)' -r
complete -c why401 -n "__fish_why401_needs_command" -l evidence -d 'A file with what read-only commands printed, as if pasted after it (may be repeated)' -r -F
complete -c why401 -n "__fish_why401_needs_command" -l language -d 'The language of the fixes, where there are several (guessed from the paste when left out)' -r -f -a "sh\t''
hcl\t''
console\t''
python\t''
node\t''
go\t''
java\t''
dotnet\t''
rust\t''"
complete -c why401 -n "__fish_why401_needs_command" -l full -d 'Print everything: other possibilities, checks passed, what was read'
complete -c why401 -n "__fish_why401_needs_command" -l json -d 'Print the report as JSON (version 2)'
complete -c why401 -n "__fish_why401_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c why401 -n "__fish_why401_needs_command" -s V -l version -d 'Print version'
complete -c why401 -n "__fish_why401_needs_command" -f -a "collect" -d 'Print one read-only command whose output proves the verdict: run it, then paste what it prints'
complete -c why401 -n "__fish_why401_needs_command" -f -a "triage" -d 'Read whole files of logs: which callers were refused, why, and what to run'
complete -c why401 -n "__fish_why401_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c why401 -n "__fish_why401_using_subcommand collect" -l service-url -d 'The URL of the service that was called' -r
complete -c why401 -n "__fish_why401_using_subcommand collect" -l caller -d 'Who made the call' -r -f -a "cloud-run\t''
cloud-functions\t''
cloud-scheduler\t''
cloud-tasks\t''
pubsub-push\t''
eventarc\t''
workflows\t''
gke\t''
gce\t''
github-actions\t''
impersonation\t''
local-user\t''
browser\t''"
complete -c why401 -n "__fish_why401_using_subcommand collect" -l service -d 'The service\'s name, where the URL does not tell it' -r
complete -c why401 -n "__fish_why401_using_subcommand collect" -l region -d 'The service\'s region, where the URL does not tell it' -r
complete -c why401 -n "__fish_why401_using_subcommand collect" -l project -d 'The project\'s id' -r
complete -c why401 -n "__fish_why401_using_subcommand collect" -l language -d 'The shell that runs it' -r -f -a "sh\t'POSIX shells'
powershell\t'PowerShell'"
complete -c why401 -n "__fish_why401_using_subcommand collect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c why401 -n "__fish_why401_using_subcommand triage" -l since -d 'Leave out entries before this moment: RFC 3339, a date, or how long ago (90m, 2h, 7d)' -r
complete -c why401 -n "__fish_why401_using_subcommand triage" -l until -d 'Leave out entries after this moment' -r
complete -c why401 -n "__fish_why401_using_subcommand triage" -l group-by -d 'Count by these alone' -r -f -a "cause\t''
variant\t''
service\t''
account\t''
caller\t''
status\t''"
complete -c why401 -n "__fish_why401_using_subcommand triage" -l evidence -d 'A file with what read-only commands printed; it counts for every entry (may be repeated)' -r -F
complete -c why401 -n "__fish_why401_using_subcommand triage" -l language -d 'The language of the fixes, where there are several' -r -f -a "sh\t''
hcl\t''
console\t''
python\t''
node\t''
go\t''
java\t''
dotnet\t''
rust\t''"
complete -c why401 -n "__fish_why401_using_subcommand triage" -l jobs -d 'How many threads read' -r
complete -c why401 -n "__fish_why401_using_subcommand triage" -l now -d 'Judge at this moment, in seconds since 1970 (UTC), where an entry tells none' -r
complete -c why401 -n "__fish_why401_using_subcommand triage" -l full -d 'Print the sentences and every change, not only the first one'
complete -c why401 -n "__fish_why401_using_subcommand triage" -l json -d 'Print the groups as JSON (version 1)'
complete -c why401 -n "__fish_why401_using_subcommand triage" -l jsonl -d 'Print one JSON object per entry, in their order; its id is null where nothing was refused'
complete -c why401 -n "__fish_why401_using_subcommand triage" -l annotate -d 'Print each group as an annotation of GitHub Actions (::error)'
complete -c why401 -n "__fish_why401_using_subcommand triage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c why401 -n "__fish_why401_using_subcommand help; and not __fish_seen_subcommand_from collect triage help" -f -a "collect" -d 'Print one read-only command whose output proves the verdict: run it, then paste what it prints'
complete -c why401 -n "__fish_why401_using_subcommand help; and not __fish_seen_subcommand_from collect triage help" -f -a "triage" -d 'Read whole files of logs: which callers were refused, why, and what to run'
complete -c why401 -n "__fish_why401_using_subcommand help; and not __fish_seen_subcommand_from collect triage help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
