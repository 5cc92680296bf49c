complete -c why401 -l service-url -d 'The URL of the service that was called (read from a transcript when left out)' -r
complete -c why401 -l response -d 'What came back: headers, body or log line, in any mix' -r
complete -c why401 -l status -d 'The HTTP status that came back' -r
complete -c why401 -l caller -d 'Who made the call' -r -f -a "cloud-run\t''
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
complete -c why401 -l custom-audience -d 'An audience the service accepts besides its own URLs (may be repeated)' -r
complete -c why401 -l service -d 'The service\'s name, where the URL does not tell it' -r
complete -c why401 -l region -d 'The service\'s region, where the URL does not tell it' -r
complete -c why401 -l project -d 'The project\'s id, which no run.app URL tells' -r
complete -c why401 -l now -d 'Judge at this moment, in seconds since 1970 (UTC), instead of now' -r
complete -c why401 -l pick -d 'Judge the credential with this number, when several were pasted (1 is the first)' -r
complete -c why401 -l json -d 'Print the report as JSON (version 1)'
complete -c why401 -s h -l help -d 'Print help (see more with \'--help\')'
complete -c why401 -s V -l version -d 'Print version'
