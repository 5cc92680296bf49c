
use builtin;
use str;

set edit:completion:arg-completer[why401] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'why401'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'why401'= {
            cand --service-url 'The URL of the service that was called (read from a transcript when left out)'
            cand --response 'What came back: headers, body or log line, in any mix'
            cand --status 'The HTTP status that came back'
            cand --caller 'Who made the call'
            cand --custom-audience 'An audience the service accepts besides its own URLs (may be repeated)'
            cand --service 'The service''s name, where the URL does not tell it'
            cand --region 'The service''s region, where the URL does not tell it'
            cand --project 'The project''s id, which no run.app URL tells'
            cand --now 'Judge at this moment, in seconds since 1970 (UTC), instead of now'
            cand --pick 'Judge the credential with this number, when several were pasted (1 is the first)'
            cand --evidence 'A file with what read-only commands printed, as if pasted after it (may be repeated)'
            cand --language 'The language of the fixes, where there are several (guessed from the paste when left out)'
            cand --full 'Print everything: other possibilities, checks passed, what was read'
            cand --json 'Print the report as JSON (version 2)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand collect 'Print one read-only command whose output proves the verdict: run it, then paste what it prints'
            cand triage 'Read whole files of logs: which callers were refused, why, and what to run'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'why401;collect'= {
            cand --service-url 'The URL of the service that was called'
            cand --caller 'Who made the call'
            cand --service 'The service''s name, where the URL does not tell it'
            cand --region 'The service''s region, where the URL does not tell it'
            cand --project 'The project''s id'
            cand --language 'The shell that runs it'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'why401;triage'= {
            cand --since 'Leave out entries before this moment: RFC 3339, a date, or how long ago (90m, 2h, 7d)'
            cand --until 'Leave out entries after this moment'
            cand --group-by 'Count by these alone'
            cand --evidence 'A file with what read-only commands printed; it counts for every entry (may be repeated)'
            cand --language 'The language of the fixes, where there are several'
            cand --jobs 'How many threads read'
            cand --now 'Judge at this moment, in seconds since 1970 (UTC), where an entry tells none'
            cand --full 'Print the sentences and every change, not only the first one'
            cand --json 'Print the groups as JSON (version 1)'
            cand --jsonl 'Print one JSON object per entry, in their order; its id is null where nothing was refused'
            cand --annotate 'Print each group as an annotation of GitHub Actions (::error)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'why401;help'= {
            cand collect 'Print one read-only command whose output proves the verdict: run it, then paste what it prints'
            cand triage 'Read whole files of logs: which callers were refused, why, and what to run'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'why401;help;collect'= {
        }
        &'why401;help;triage'= {
        }
        &'why401;help;help'= {
        }
    ]
    $completions[$command]
}
